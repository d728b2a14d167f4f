// Finding tables, columns and migrations by a few letters.
import assert from 'node:assert/strict'
import { rankOf } from '../../src/core/answers/rank.ts'
import { mostSymbols, workspaceSymbols } from '../../src/core/answers/workspace-symbols.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { blog, run, shown } from './ask.ts'

const found = (query: string, files = exampleApp(blog)) =>
  workspaceSymbols(run(files).catalog, query).map(({ kind, name, container }) => `${kind} ${name} in ${container}`)

describe('workspace symbols', () => {
  it('are found by letters in their order, in any case', () => {
    assert.deepEqual(found('RDAT'), ['field read_at in posts'])
    assert.deepEqual(found('zz'), [])
  })

  it('put what fits best first', () => {
    assert.deepEqual(found('name'), ['field name in users'])
    assert.deepEqual(found('u').slice(0, 2), ['entity users in watermelon', 'field author_id in posts'])
  })

  it('tell migrations by their version', () => {
    assert.deepEqual(found('version'), ['migration Version 2 in watermelon', 'migration Version 3 in watermelon'])
  })

  it('tell tables of the same name by their database', () => {
    assert.deepEqual(found('users', exampleFiles('two-databases')), [
      'entity users in account',
      'entity users in catalogue',
    ])
  })

  it('lead to the name', () => {
    const { app, catalog } = run(exampleApp(blog))
    assert.deepEqual(
      workspaceSymbols(catalog, 'read_at').map(({ at }) => shown(app, at)),
      ["src/db/schema.ts:11 'read_at'"],
    )
  })

  it('are not more than a person reads', () => {
    const columns = Array.from({ length: 300 }, (_, i) => `{ name: 'c${i}', type: 'string' },\n`).join('')
    const files = exampleApp({ schema: `tableSchema({ name: 'posts', columns: [${columns}] }),` })
    assert.equal(found('', files).length, mostSymbols)
    assert.equal(found('', files)[0], 'entity posts in watermelon')
  })
})

describe('rank', () => {
  it('prefers names, beginnings, words, parts, then scattered letters', () => {
    const names = ['at', 'attic', 'read_at', 'chat', 'a_t', 'ta']
    assert.deepEqual(
      names.map(name => rankOf('at', name)),
      [0, 1, 2, 3, 4, undefined],
    )
  })
})
