import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Refused, Revoked, Unreachable } from '../../static/scanner/api.mjs'
import { Outbox } from '../../static/scanner/outbox.mjs'
import { checkin, MemoryStore } from './kit.mjs'

const answerAll = async (type, records) => records.map(({ id }) => ({ id, outcome: 'admitted' }))
const silence = async () => {
  throw new Unreachable()
}

async function boxOf(ids, send) {
  const store = new MemoryStore()
  const outbox = new Outbox(store, send)
  for (const id of ids) await outbox.add(checkin(id))
  return { store, outbox }
}

test('what the server answered for leaves, with its result', async () => {
  const { outbox } = await boxOf(['a', 'b'], answerAll)

  const results = await outbox.flush()

  assert.deepEqual([...results.keys()], ['a', 'b'])
  assert.deepEqual(await outbox.state(), { waiting: 0, refused: 0, reached: true })
})

test('nothing leaves while nobody answers', async () => {
  const { outbox } = await boxOf(['a', 'b'], silence)

  const results = await outbox.flush()

  assert.equal(results.size, 0)
  assert.deepEqual(await outbox.state(), { waiting: 2, refused: 0, reached: false })
})

test('each call says how many more lie in the phone', async () => {
  const told = []
  const { outbox } = await boxOf(['a', 'b', 'c'], async (type, records, { unsent }) => (told.push(unsent), answerAll(type, records)))

  await outbox.deliver(checkin('b'))
  await outbox.flush()

  assert.deepEqual(told, [2, 0])
})

test('a record that the answer passes over stays', async () => {
  const { store, outbox } = await boxOf(['a', 'b'], async () => [{ id: 'b', outcome: 'admitted' }, { id: 'stranger', outcome: 'admitted' }])

  await outbox.flush()

  assert.deepEqual([...store.records.keys()], ['a'])
})

test('what is delivered at once is not sent again', async () => {
  const sent = []
  const { outbox } = await boxOf([], async (type, records) => {
    sent.push(...records.map(({ id }) => id))
    return answerAll(type, records)
  })
  const record = await outbox.add(checkin('a'))

  const result = await outbox.deliver(record)
  await outbox.flush()

  assert.deepEqual([result.outcome, sent], ['admitted', ['a']])
})

test('a delivery that fails stays for the next flush', async () => {
  const ways = [silence, answerAll]
  const { outbox } = await boxOf([], (...call) => ways.shift()(...call))
  const record = await outbox.add(checkin('a'))

  await assert.rejects(outbox.deliver(record), Unreachable)
  const results = await outbox.flush()

  assert.equal(results.get('a').outcome, 'admitted')
})

test('one record that the server refuses holds no other up, and stays', async () => {
  const { store, outbox } = await boxOf(['a', 'bad', 'c'], async (type, records) => {
    if (records.some(({ id }) => id === 'bad')) throw new Refused(422, { code: 'validation_failed' })
    return answerAll(type, records)
  })

  const results = await outbox.flush()

  assert.deepEqual([...results.keys()], ['a', 'c'])
  assert.deepEqual([...store.records.keys()], ['bad'])
  assert.deepEqual(await outbox.state(), { waiting: 1, refused: 1, reached: true })
})

test('two flushes at once send everything once', async () => {
  const sent = []
  const { outbox } = await boxOf(['a', 'b'], async (type, records) => {
    sent.push(...records.map(({ id }) => id))
    await new Promise((done) => setImmediate(done))
    return answerAll(type, records)
  })

  await Promise.all([outbox.flush(), outbox.flush()])

  assert.deepEqual(sent, ['a', 'b'])
})

test('a revoked device is told, and keeps nothing from being wiped', async () => {
  const { outbox } = await boxOf(['a'], async () => {
    throw new Revoked()
  })

  await assert.rejects(outbox.flush(), Revoked)
})

test('records are numbered in the order they were made', async () => {
  const { store } = await boxOf(['b', 'a'], answerAll)

  assert.deepEqual([store.records.get('b').sequence, store.records.get('a').sequence], [1, 2])
})
