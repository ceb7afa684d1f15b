/** Where the scans are, in one line: gold while something waits for the network, green when all is sent, red when it was refused. */

/** @returns {{tone: 'sent'|'waiting'|'refused'|'idle', icon, text}} */
export function strip({ waiting, refused, reached, sentAt }, t) {
  if (refused) return { tone: 'refused', icon: 'warn', text: t('strip_refused', { count: refused }) }
  if (reached === false) return { tone: 'waiting', icon: 'offline', text: waiting ? t('strip_offline', { count: waiting }) : t('strip_offline_empty') }
  if (waiting) return { tone: 'waiting', icon: 'sending', text: t('strip_sending', { count: waiting }) }
  return sentAt ? { tone: 'sent', icon: 'tick', text: t('strip_sent', { time: sentAt }) } : { tone: 'idle', icon: 'sending', text: t('strip_connecting') }
}
