// What can be folded: tables and migrations, whole.
import assert from 'node:assert/strict'
import { foldings } from '../../src/core/answers/folding.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { blog, run, textOf } from './ask.ts'

function folded(path: string): readonly string[] {
  const { app, catalog } = run(exampleApp(blog))
  const file = `${appRoot}/${path}`
  return foldings(catalog, file).map(span => textOf(app, file, span).replace(/\s+/g, ' '))
}

describe('folding', () => {
  it('is for tables as a whole', () => {
    const [posts, users, ...more] = folded('src/db/schema.ts')
    assert.match(posts ?? '', /^tableSchema\(\{ name: 'posts', .*\}\)$/)
    assert.match(users ?? '', /^tableSchema\(\{ name: 'users', .*\}\)$/)
    assert.deepEqual(more, [])
  })

  it('is for migrations as a whole', () => {
    const [third, second, ...more] = folded('src/db/migrations.ts')
    assert.match(third ?? '', /^\{ toVersion: 3, .*\}$/)
    assert.match(second ?? '', /^\{ toVersion: 2, .*\}$/)
    assert.deepEqual(more, [])
  })

  it('leaves code to the language', () => {
    assert.deepEqual(folded('src/models/Post.ts'), [])
  })
})
