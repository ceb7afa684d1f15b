import assert from 'node:assert/strict'
import { test } from 'node:test'

import { fold, matches } from '../../static/scanner/folding.mjs'
import { read } from './kit.mjs'

for (const { input, display, search } of read('cases/names.json').cases.filter((item) => item.search)) {
  test(`${input} is searched as ${search}`, () => {
    assert.equal(fold(display ?? input), search)
  })
}

for (const [query, name, expected] of [
  ['anh son', 'Xã Anh Sơn', true],
  ['son anh', 'Xã Anh Sơn', true],
  ['ng hoa', 'Nguyễn Thị Hoà', true],
  ['đức', 'Lê Duc Cường', true],
  ['oa', 'Nguyễn Thị Hoà', false],
]) {
  test(`“${query}” ${expected ? 'finds' : 'does not find'} ${name}`, () => {
    assert.equal(matches(query, name), expected)
  })
}
