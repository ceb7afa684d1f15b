/** Vietnamese text for searching; the same rule as `kernel/text.py`, on the same cases. */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/g
const APOSTROPHES = /['’‘ʼ`´]/g

/** What is compared: no marks, đ as d, small letters, apostrophes dropped, other signs to one space. */
export function fold(text) {
  return text
    .normalize('NFD')
    .replace(/[đĐ]/g, 'd')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, '')
    .replace(/[^0-9a-z]+/g, ' ')
    .trim()
}

/** Whether each folded word of the query begins a folded word of the text. */
export function matches(query, text) {
  const words = fold(text).split(' ')
  return fold(query)
    .split(' ')
    .every((wanted) => words.some((word) => word.startsWith(wanted)))
}
