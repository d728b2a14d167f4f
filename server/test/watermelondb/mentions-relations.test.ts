// How tables belong together, and what becomes of wrong values.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { runApp } from '../../testkit/run-example.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'author_id', type: 'string', isOptional: true }, { name: 'likes', type: 'number' }, { name: 'open', type: 'boolean' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),
tableSchema({ name: 'authors', columns: [{ name: 'name', type: 'string' }] }),`
const catalogOf = (models: Readonly<Record<string, string>>) => {
  const catalog = runApp(exampleApp({ schema, models }), { rules: [] }).analyzer.catalog(() => undefined)
  return { catalog, store: catalog.stores()[0]! }
}
const relations = (models: Readonly<Record<string, string>>) => {
  const { catalog, store } = catalogOf(models)
  return catalog
    .relations(store)
    .map(one => `${one.from}.${one.field} ${one.fromEnd} -> ${one.toEnd} ${one.to}: ${one.names.join(', ')}`)
}

describe('relations', () => {
  it('are told once, however often both sides say so', () => {
    assert.deepEqual(
      relations({
        Post: `static table = 'posts'
static associations = { comments: { type: 'has_many', foreignKey: 'post_id' }, authors: { type: 'belongs_to', key: 'author_id' } } as const
@relation('authors', 'author_id') writer!: any
@children('comments') remarks!: any`,
        Comment: `static table = 'comments'
static associations = { posts: { type: 'belongs_to', key: 'post_id' } } as const
@immutableRelation('posts', 'post_id') post!: any`,
        Author: `static table = 'authors'
static associations = { posts: { type: 'has_many', foreignKey: 'author_id' } } as const`,
      }),
      [
        'posts.author_id many -> zero-or-one authors: writer, authors, posts',
        'comments.post_id many -> one posts: post, posts, remarks, comments',
      ],
    )
  })

  it('keep two keys to one table apart, and take the own id for one to one', () => {
    assert.deepEqual(
      relations({
        Post: `static table = 'posts'
@relation('authors', 'author_id') author!: any
@relation('authors', 'title') editor!: any
@relation('authors', 'id') twin!: any
@relation('nobody', 'likes') lost!: any`,
      }),
      [
        'posts.author_id many -> zero-or-one authors: author',
        'posts.title many -> one authors: editor',
        'posts.id one -> one authors: twin',
      ],
    )
  })
})

describe('value notes', () => {
  it('tell what the library stores instead', () => {
    const { catalog, store } = catalogOf({})
    const notes = store.entities[0]!.fields.map(field => catalog.valueNote(store, field))
    assert.deepEqual(notes, [
      "Anything that is no string becomes '', without an error.",
      'Anything that is no string becomes null, without an error.',
      'Anything that is no finite number becomes 0, without an error.',
      'Anything but true, false, 1 and 0 becomes false, without an error.',
    ])
  })
})
