/** The last answer, small, below the camera. */
import { byId, icon } from './page.mjs'

const MARKS = { in: 'tick', real: 'tick' }

/** @param view as of answers.mjs; `told` turns its word into the line below the name */
export function showLast({ tone, name, word, second }, time, told = (short) => `${short}, ${time}`) {
  byId('last').dataset.tone = tone
  const who = name || second
  byId('last-name').textContent = who || sentenceCase(word)
  byId('last-word').textContent = who ? told(sentenceCase(word)) : time
  byId('last-mark').replaceChildren(icon(MARKS[tone] ?? 'warn'))
}

/** MỜI VÀO → Mời vào. */
function sentenceCase(text) {
  return text.slice(0, 1) + text.slice(1).toLocaleLowerCase('vi')
}
