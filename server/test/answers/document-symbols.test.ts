// The outline of schemas and migrations.
import assert from 'node:assert/strict'
import { type DocumentSymbol, documentSymbols } from '../../src/core/answers/document-symbols.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { contains } from '../../src/core/text/span.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { blog, run, sharedTable, textOf } from './ask.ts'

function outline(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const { app, catalog } = run(files)
  const file = `${appRoot}/${path}`
  const lines = (symbol: DocumentSymbol, indent: string): string[] => {
    assert.ok(contains(symbol.span, symbol.select), `${symbol.name} selects outside of itself`)
    for (const child of symbol.children) assert.ok(contains(symbol.span, child.span), `${child.name} is outside`)
    const line = `${indent}${symbol.name} (${symbol.detail}) ${textOf(app, file, symbol.select)}`
    return [line, ...symbol.children.flatMap(child => lines(child, `${indent}  `))]
  }
  return documentSymbols(catalog, file).flatMap(symbol => lines(symbol, ''))
}

describe('document symbols', () => {
  it('show tables with their columns', () => {
    assert.deepEqual(outline(exampleApp(blog), 'src/db/schema.ts'), [
      "posts (3 columns) 'posts'",
      "  title (string) 'title'",
      "  author_id (string · indexed) 'author_id'",
      "  read_at (number?) 'read_at'",
      "users (1 column) 'users'",
      "  name (string) 'name'",
    ])
  })

  it('show migrations with their steps, as written', () => {
    assert.deepEqual(outline(exampleApp(blog), 'src/db/migrations.ts'), [
      'Version 3 (adds 1 table, 1 column) 3',
      '  users (adds) users',
      '    name () name',
      '  posts (changes) posts',
      '    author_id () author_id',
      'Version 2 (adds 1 column) 2',
      '  posts (changes) posts',
      '    read_at () read_at',
    ])
  })

  it('leave models to the language', () => {
    assert.deepEqual(outline(exampleApp(blog), 'src/models/Post.ts'), [])
  })

  it('show the table of each database in its own file', () => {
    const files = exampleFiles('two-databases')
    assert.equal(outline(files, 'src/account/schema.ts').filter(line => !line.startsWith(' ')).length, 1)
    assert.equal(outline(files, 'src/catalogue/schema.ts').filter(line => !line.startsWith(' ')).length, 2)
  })

  it('show once what two databases share', () => {
    assert.equal(run(sharedTable()).catalog.stores().length, 2)
    assert.deepEqual(outline(sharedTable(), 'src/db/schema.ts'), [
      "posts (1 column) 'posts'",
      "  title (string) 'title'",
    ])
  })

  it('name what has no known name by its source', () => {
    const schema = "tableSchema({ name: process.env.TABLE, columns: [{ name: 'a', type: 'string' }] }),"
    const [table] = outline(exampleApp({ schema }), 'src/db/schema.ts')
    assert.match(table ?? '', /process\.env\.TABLE/)
  })

  it('leave the columns out where there would be too many lines', () => {
    const columns = Array.from({ length: 11 }, (_, index) => `{ name: 'c${index}', type: 'string' }`).join(', ')
    const tables = (count: number) =>
      Array.from({ length: count }, (_, index) => `tableSchema({ name: 't${index}', columns: [${columns}] }),`).join(
        '\n',
      )
    assert.equal(outline(exampleApp({ schema: tables(416) }), 'src/db/schema.ts').length, 416 * 12)
    const [first, second] = outline(exampleApp({ schema: tables(417) }), 'src/db/schema.ts')
    assert.deepEqual([first, second], ["t0 (11 columns) 't0'", "t1 (11 columns) 't1'"])
  })
})
