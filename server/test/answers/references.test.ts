// Every use of a name, and none of its namesakes.
import assert from 'node:assert/strict'
import { referencesAt } from '../../src/core/answers/references.ts'
import { type Asked, askExample, blogWith, shown } from './ask.ts'

const references = ({ app, catalog, file, offset }: Asked, withDefinition = true): readonly string[] =>
  referencesAt(catalog, file, offset, withDefinition).map(place => shown(app, place))

const readAt = [
  'src/db/migrations.ts:14 read_at',
  'src/db/schema.ts:11 read_at',
  'src/models/Post.ts:10 read_at',
  'src/models/Post.ts:10 readAt',
  'src/recent.ts:4 read_at',
]

describe('references', () => {
  it('are the same wherever they are asked for', () => {
    for (const [from, to] of [
      ["@date('read_at')", "@date('read$0_at')"],
      ['readAt!', 'readAt$0!'],
      ["Q.sortBy('read_at')", "Q.sortBy('$0read_at')"],
      ["[{ name: 'read_at'", "[{ name: 'read_at$0'"],
      ["    { name: 'read_at'", "    { name: 're$0ad_at'"],
    ] as const)
      assert.deepEqual(references(blogWith(from, to)), readAt, to)
  })

  it('leave the definition out when asked to', () => {
    assert.deepEqual(
      references(blogWith("@date('read_at')", "@date('read$0_at')"), false),
      readAt.filter(one => !one.startsWith('src/db/schema.ts')),
    )
  })

  it('tell a table from columns and properties of its name', () => {
    const found = references(blogWith("@text('name')", "@text('na$0me')"))
    assert.deepEqual(found, [
      'src/db/migrations.ts:8 name',
      'src/db/schema.ts:17 name',
      'src/models/User.ts:9 name',
      'src/models/User.ts:9 name',
    ])
  })

  it('keep databases with a table of the same name apart', () => {
    const found = references(askExample('two-databases', 'src/account/schema.ts', "users'"))
    assert.ok(found.includes('src/account/migrations.ts:8 users'), found.join())
    assert.deepEqual(
      found.filter(one => one.startsWith('src/catalogue/')),
      [],
    )
  })

  it('leave out what has lost its letters since its file could last be read', () => {
    const asked = blogWith("@date('read_at')", "@date('read$0_at')")
    const text = asked.app.texts.get(asked.file)!
    const end = text.indexOf('\n', asked.offset)
    asked.app.analyzer.set(asked.file, text.slice(0, asked.offset) + text.slice(end))
    const places = referencesAt(asked.catalog, asked.file, asked.offset - 2, true)
    assert.deepEqual(
      places.filter(({ span }) => span.start >= span.end),
      [],
    )
    assert.ok(places.some(({ file }) => file === asked.file))
  })

  it('are none where there is no name', () => {
    assert.deepEqual(references(blogWith('export const recent', 'export const re$0cent')), [])
  })
})
