/** Small help with the page: finding and making elements. Text is only ever set as text. */
export const byId = (id) => document.getElementById(id)

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#icon-${name}`)
  svg.append(use)
  return svg
}

export function sentences() {
  return JSON.parse(byId('sentences').textContent)
}

/** Say what is wrong with a field, or (text empty) that nothing is. */
export function complain(id, text) {
  const error = byId(`${id}-error`)
  error.textContent = text
  error.hidden = !text
  byId(id).setAttribute('aria-invalid', text ? 'true' : 'false')
  byId(id).closest('.field').classList.toggle('field--wrong', Boolean(text))
}
