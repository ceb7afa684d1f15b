/** Keeps the live board fresh: fetches the same board as HTML every few seconds. Without script the page reloads itself. */

const EVERY = 5000

/**
 * Put a fresh board in place of the old one; a board that holds the focus waits, so that no reader loses their place.
 * @param {HTMLElement} board  the element whose `data-url` answers with its content
 * @param {HTMLElement} lost   shown while the server cannot be reached
 * @param {typeof fetch} get
 */
export async function refresh(board, lost, get = fetch) {
  try {
    const answer = await get(board.dataset.url, { credentials: "same-origin", redirect: "error" })
    if (!answer.ok) throw new Error(String(answer.status))
    const html = await answer.text()
    replace(board, html)
    lost.hidden = true
  } catch {
    lost.textContent = board.dataset.lost
    lost.hidden = false
  }
}

const HOLDERS = ".scroll, summary"

/** What scrolls or opens may hold the focus: its successor takes it over, where it was scrolled to. What was opened stays open. */
function replace(board, html) {
  const held = document.activeElement
  const number = [...board.querySelectorAll(HOLDERS)].indexOf(held)
  if (number < 0 && board.contains(held)) return
  const left = number < 0 ? 0 : held.scrollLeft
  const opened = [...board.querySelectorAll("details")].map((one) => one.open)
  board.innerHTML = html
  for (const [index, one] of board.querySelectorAll("details").entries()) one.open = opened[index] ?? false
  const successor = number < 0 ? null : board.querySelectorAll(HOLDERS)[number]
  if (!successor) return
  successor.focus({ preventScroll: true })
  successor.scrollLeft = left
}

const board = document.getElementById("board")
const lost = document.getElementById("board-lost")
if (board && lost) {
  setInterval(() => { if (!document.hidden) refresh(board, lost) }, EVERY)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(board, lost) })
}
