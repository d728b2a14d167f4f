// Writers and syncs that look odd and are right: with all rules on there is nothing to find.
import assert from 'node:assert/strict'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { runApp } from '../../testkit/run-example.ts'

const findings = (app: ExampleApp | Record<string, string>, isFiles = false) => {
  const files = isFiles ? (app as Record<string, string>) : exampleApp(app as ExampleApp)
  const { analyzer } = runApp(files)
  return Object.keys(files).flatMap(path =>
    analyzer.findings(`/app/${path}`).map(one => `${path}: ${one.rule}: ${one.message}`),
  )
}

const Post = `static table = 'posts'
@text('title') title!: string
@writer async rename(title: string) {
  await this.update(post => {
    post.title = title
  })
}`
const screen = (body: string, imports = '') => ({
  'src/screen.tsx': `import { useEffect } from 'react'
import { database } from './db'
import type { Post } from './models/Post'
${imports}
${body}
`,
})

describe('traps of writers', () => {
  it('a prepared record is pushed, or batched with the list it is in (2)', () => {
    const files = screen(`export const finish = (posts: Post[]) =>
  database.write(async () => {
    const list: Post[] = []
    for (const post of posts) {
      post.prepareUpdate(changed => {
        changed.title = 'done'
      })
      list.push(post)
    }
    await database.batch(list)
  })

export const clear = (posts: Post[]) =>
  database.write(async () => {
    posts.forEach(post => post.prepareMarkAsDeleted())
    await database.batch(posts)
  })`)
    assert.deepEqual(findings({ models: { Post }, files }), [])
  })

  it('two databases: a writer of one is awaited in a writer of the other, classes have equal names (8)', () => {
    const database = (name: string) => ({
      [`src/${name}/db.ts`]: `import { appSchema, Database, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { User } from './User'

const schema = appSchema({ version: 1, tables: [tableSchema({ name: 'users', columns: [{ name: 'name', type: 'string' }] })] })
export const ${name} = new Database({ adapter: new SQLiteAdapter({ schema, dbName: '${name}' }), modelClasses: [User] })
`,
      [`src/${name}/User.ts`]: `import { Model } from '@nozbe/watermelondb'
import { text, writer } from '@nozbe/watermelondb/decorators'

export class User extends Model {
  static table = 'users'
  @text('name') name!: string
  @writer async rename(name: string) {
    await this.update(user => {
      user.name = name
    })
  }
}
`,
    })
    const files = {
      ...database('account'),
      ...database('shop'),
      'src/sign-in.ts': `import { account } from './account/db'
import { User } from './account/User'
import { shop } from './shop/db'
import type { User as Buyer } from './shop/User'

export async function signIn(name: string, buyer: Buyer) {
  await account.write(async () => {
    await shop.write(async () => {
      await shop.get<Buyer>('users').create(made => {
        made.name = name
      })
    })
    await buyer.rename(name)
    await account.get<User>(User.table).create(made => {
      made.name = name
    })
  })
}
`,
    }
    assert.deepEqual(findings(files, true), [])
  })

  it('a nested write that is not awaited queues and runs (9)', () => {
    const files = screen(`export const finish = (post: Post) =>
  database.write(async () => {
    await post.update(() => {})
    database.write(async () => {})
    void post.rename('later')
    post.rename('last').catch(console.error)
  })`)
    assert.deepEqual(findings({ models: { Post }, files }), [])
  })

  it('falsy items in a batch (12)', () => {
    const files = screen(`export const finish = (post: Post, isDone: boolean) =>
  database.write(async () => {
    await database.batch(isDone && post.prepareUpdate(() => {}), null, undefined, false)
  })`)
    assert.deepEqual(findings({ models: { Post }, files }), [])
  })

  it('methods of the app named like those of the library', () => {
    const own = `${Post}
@writer async markAsDeleted() {
  await super.markAsDeleted()
}`
    const files = screen(`export function Row({ post, store }: { post: Post; store: Map<string, string> }) {
  useEffect(() => {
    post.markAsDeleted()
    post.rename('opened')
    store.delete('update')
  }, [post])
  return <Button onPress={() => post.markAsDeleted()} onSave={() => post.update(() => {})} />
}`)
    assert.deepEqual(findings({ models: { Post: own }, files }), [])
  })

  it('records that nobody knows, and databases of other libraries', () => {
    const files = screen(
      `const db = getFirestore()
const store: Store = createStore()

export async function save(thing: Thing) {
  await db.write(async () => {
    await db.write(async () => {})
    thing.update(async () => {})
  })
  store.create(async () => {})
  db.batch(thing.update(() => {}))
}
db.batch()
thing.update(() => {})`,
      "import { getFirestore } from 'firebase/firestore'\nimport { createStore, type Store, thing } from './store'",
    )
    assert.deepEqual(findings({ models: { Post }, files }), [])
  })

  it('a record in a writer of its caller, in a callback of unknown code, in a generator', () => {
    const files = screen(`export async function fill(post: Post) {
  await post.update(() => {})
}
export const later = (post: Post) => run(async () => {
  await post.update(() => {})
})
export function* saga(post: Post) {
  yield database.write(async () => {
    await post.update(() => {})
  })
}
export const all = (posts: Post[]) => database.write(() => Promise.all(posts.map(post => post.update(() => {}))))`)
    assert.deepEqual(findings({ models: { Post }, files }), [])
  })
})

describe('traps of sync', () => {
  const sync = (body: string) => ({
    'src/sync.ts': `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

${body}
`,
  })

  it('a config made by call, with callbacks that hand their work on', () => {
    const files = sync(`function config(logger: Logger) {
  return {
    database,
    log: logger.newLog(),
    migrationsEnabledAtVersion: 1,
    pullChanges: async ({ lastPulledAt, schemaVersion, migration }: any) => {
      const response = await api.pull({ lastPulledAt, schemaVersion, migration })
      return { changes: response.data.changes, timestamp: response.data.timestamp }
    },
    pushChanges: async ({ changes }: any) => {
      await send(changes)
    },
  }
}
async function send(changes: object) {
  const response = await api.post('/push', changes)
  check(response)
}
export const run = (logger: Logger) => synchronize(config(logger))`)
    const columns = "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),"
    const migrations =
      "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] })] },"
    assert.deepEqual(findings({ schema: columns, version: 2, migrations, models: { Post }, files }), [])
  })

  it('results that are built step by step', () => {
    const files = sync(`class Sync {
  async pull({ lastPulledAt }: any) {
    const result: any = { changes: {}, timestamp: 0 }
    const rows = await load(lastPulledAt)
    for (const row of rows) add(result, row)
    result.timestamp = rows.timestamp
    return result
  }
  async push({ changes }: any) {
    try {
      await api.post('/push', changes)
    } catch (error) {
      return { experimentalRejectedIds: idsOf(error) }
    }
    return undefined
  }
  run() {
    return synchronize({ database, pullChanges: this.pull, pushChanges: args => this.push(args) })
  }
}
export const instance = new Sync()`)
    assert.deepEqual(findings({ models: { Post }, files }), [])
  })
})
