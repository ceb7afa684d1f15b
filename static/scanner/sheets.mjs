/** What opens over the scanner: a typed code, a name from the list, somebody new, the place. */
import { byId, complain, element } from './page.mjs'
import { choices, describe } from './places.mjs'
import { readForm } from './walk_ins.mjs'

/** Open a sheet; the browser keeps the focus inside, Escape and the cross close it. */
export function open(id) {
  byId(id).showModal()
}

export function close(id) {
  byId(id).close()
}

export function isAnyOpen() {
  return document.querySelector('dialog[open]') !== null
}

export function prepare() {
  for (const cross of document.querySelectorAll('[data-close]')) cross.addEventListener('click', () => cross.closest('dialog').close())
}

/** A typed code: asked only when its check character is right. `onTyped` returns whether it was. */
export function typeSheet(t, onTyped) {
  byId('type-form').addEventListener('submit', async (event) => {
    event.preventDefault()
    const isCode = await onTyped(byId('typed').value)
    complain('typed', isCode ? '' : t('typed_wrong'))
    if (isCode) byId('typed').value = ''
    else byId('typed').focus()
  })
}

export function openTyped() {
  complain('typed', '')
  open('type-sheet')
  byId('typed').focus()
}

/** A name from the roster; `search(query)` returns people, `onChosen(person)` takes one. */
export function findSheet(t, { search, size, titleOf, onChosen }) {
  const show = () => {
    const query = byId('query').value
    const people = search(query)
    byId('find-hint').textContent = people.length || query.trim().length < 2 ? t('search_hint', { count: size() }) : t('search_none')
    byId('find-results').replaceChildren(...people.map((person) => personChoice(person, t, titleOf, onChosen)))
  }
  byId('query').addEventListener('input', show)
  return () => {
    byId('query').value = ''
    show()
    open('find-sheet')
    byId('query').focus()
  }
}

function personChoice(person, t, titleOf, onChosen) {
  const slots = (person.registrations ?? []).filter(({ status }) => status !== 'cancelled').map(({ slot }) => titleOf(slot))
  const details = [person.birth_year ? t('born', { year: person.birth_year }) : '', person.code, ...slots].filter(Boolean).join(' · ')
  const button = element('button', { type: 'button', className: 'choice' })
  button.append(element('span', {}, element('strong', { textContent: person.name }), element('small', { textContent: details })))
  button.addEventListener('click', () => {
    close('find-sheet')
    onChosen(person)
  })
  return button
}

/** Somebody new. What was typed stays until they are let in: a refusal brings it back. */
export function addSheet(t, { year, onPerson }) {
  const form = byId('add-form')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const { person, errors = {} } = readForm(valuesOf(form), year())
    for (const field of ['name', 'birth_year', 'phone']) complain(field, errors[field] ? t(errors[field]) : '')
    if (!person) return focusFirst(errors)
    byId('add-submit').disabled = true
    byId('add-submit').textContent = t('walk_in_busy')
    try {
      if (await onPerson(person)) form.reset()
    } finally {
      byId('add-submit').disabled = false
      byId('add-submit').textContent = t('walk_in_submit')
    }
  })
}

/** The consent that is spoken names the commune, which only the device knows. */
export function openAdd(commune = '') {
  const name = commune.slice(0, 1).toLowerCase() + commune.slice(1)
  byId('consent').textContent = byId('consent').textContent.replace('{commune}', name)
  open('add-sheet')
  byId('name').focus()
}

function focusFirst(errors) {
  const [first] = Object.keys(errors)
  byId(first).closest('details')?.setAttribute('open', '')
  byId(first).focus()
}

function valuesOf(form) {
  const given = new FormData(form)
  return Object.fromEntries(['name', 'birth_year', 'gender', 'hamlet', 'phone'].map((field) => [field, given.get(field) ?? '']))
}

/** Where this phone stands. `mayGate` says whether the gate is one of the places. */
export function showPlaces(t, { slots, here, mayGate, now, onChosen }) {
  const places = [...(mayGate ? [null] : []), ...choices(slots, now)]
  const buttons = places.map((slot) => {
    const { title, detail } = describe(slot, t)
    const note = noteOf(slot, now, t)
    const button = element('button', { type: 'button', className: 'choice' })
    button.setAttribute('aria-pressed', String((slot?.id ?? null) === here))
    button.append(element('span', {}, element('strong', { textContent: title }), element('small', { textContent: [detail, note].filter(Boolean).join(' · ') })))
    button.addEventListener('click', () => {
      close('place-sheet')
      onChosen(slot?.id ?? null)
    })
    return button
  })
  byId('place-choices').replaceChildren(...buttons)
  open('place-sheet')
  byId('place-choices').querySelector('[aria-pressed=true]')?.focus()
}

function noteOf(slot, now, t) {
  if (!slot || Date.parse(slot.start) > now) return ''
  return Date.parse(slot.end) < now ? t('past') : t('now_on')
}
