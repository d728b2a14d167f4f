// Sources that the tests of reading and updating start from.

/** A small file of every kind that matters: schema, migrations, model, screen, CommonJS. */
export const sources: readonly { readonly file: string; readonly text: string }[] = [
  {
    file: '/app/schema.ts',
    text: `import { appSchema, tableSchema as table } from '@nozbe/watermelondb'
import { type Kind, common } from './common'

const kind = 'string' as const
enum Tables { Posts = 'posts', Comments = 'comments' }
const created = { name: 'created_at', type: 'number' }
/* offline-storage-disable watermelondb/a */
export const schema = appSchema({
  version: 3,
  tables: [
    table({
      name: Tables.Posts,
      columns: [
        { name: 'title', type: 'string' },
        { name: 'body', type: kind, isOptional: true },
        // offline-storage-disable-next-line watermelondb/unindexed-foreign-key -- few rows
        { name: 'author_id', type: 'string' },
        created,
        ...common,
      ],
    }),
    table({ name: \`comments\`, columns: [{ name: 'post_id', type: 'string', isIndexed: true }] }),
  ],
})
export const { a, b: [first, second = 1], ...rest } = { a: { x: 1 }, b: [{ y: 2 }, 3], c: 4 }
export default Object.freeze({ schema, own: { deep: { deeper: ['x', { y: -1 }] } } })
`,
  },
  {
    file: '/app/post.ts',
    text: `import { Model } from '@nozbe/watermelondb'
import { field, readonly, date, writer } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
  static associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const
  @field('title') title!: string | null
  @readonly @date('created_at') createdAt!: Date
  declare x: number

  @writer async rename(title: string) {
    let old = this.title
    try {
      await this.update(post => { post.title = title })
    } catch (error) { throw error }
    old = title
    return old
  }
}
Post.zip = { a: 1, b: { c: 2 } }
function overload(a: string): void
function overload(a: string, { b, c: [d] } = {}) { for (const i of a) { const a = i; use(a) } }
export { overload as again }
`,
  },
  {
    file: '/app/screen.jsx',
    text: `import * as React from 'react'
const styles = { box: { flex: 1, color: 'red' }, text: { size: 12 } }
export const Screen = ({ posts }) => {
  const title = posts.length > 1 ? 'many' : \`one \${posts[0].title}\`
  return <Box style={{ ...styles.box, top: 1 }} open>
    {/* offline-storage-disable-next-line a/b */}
    {posts.map(post => <Row key={post.id} {...post} onPress={() => save(post).catch(log)} />)}
    {title}
  </Box>
}
const element = <Box style={{ a: 1, b: { c: 2 } }} />
`,
  },
  {
    file: '/app/index.js',
    text: `const { Database } = require('@nozbe/watermelondb')
const schema = require('./schema').default
let count = 0
count++
module.exports = { database: new Database({ adapter: { schema, dbName: 'x' } }), schema, options: { a: [1, { b: 2 }] } }
exports.more = exports.other = { z: { y: 1 } }
`,
  },
  {
    file: '/app/queue.ts',
    text: `let queue = []
export const options = { retry: { max: 3 }, name: 'x' }
export async function drain() {
  if (busy || !(await online())) return
  for (let i = 0; i < queue.length; i++) {
    const { id } = queue[i], op = queue[i]
    try {
      switch (op.type) {
        case 'a': await send(op); break
        default: throw new Error()
      }
      delete pending[id], done++
    } catch (error) {
      if (++op.retries > 3 && error instanceof Fatal) queue = queue.filter(one => one !== op)
      else op.failed ? log(error) : (op.failed = true)
      continue
    } finally { busy = false }
  }
  return (running = next())
}
`,
  },
]
