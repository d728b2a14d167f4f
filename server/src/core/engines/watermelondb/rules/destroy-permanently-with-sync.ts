// A record of a database that is pushed is destroyed, so that the server never hears of it.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { callIndex } from '../code/call-index.ts'
import { leftOutTables } from '../code/left-out-tables.ts'
import { methodCall, projectStores, storesOfModel } from '../code/read-collection.ts'
import { syncsOf } from '../code/read-sync.ts'
import { createRecordReader, type RecordFound } from '../code/record-of.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'

/** What to call instead. */
const marking: Readonly<Record<string, string>> = {
  destroyPermanently: 'markAsDeleted',
  prepareDestroyPermanently: 'prepareMarkAsDeleted',
  experimentalDestroyPermanently: 'experimentalMarkAsDeleted',
}

interface Data {
  readonly at: Place
  readonly name: string
}

/** A database whose changes are sent to a server, and the tables that are not sent. */
interface Pushed {
  readonly store: WatermelonStore
  readonly leftOut: ReadonlySet<string>
}

const pushedStores = (code: CodeOfFile): readonly Pushed[] =>
  code.syncing().flatMap(syncing =>
    syncsOf(syncing).flatMap(sync => {
      const [store, ...others] = sync.stores
      const isPushed = store && others.length === 0 && sync.entries.has('pushChanges')
      return isPushed ? [{ store, leftOut: leftOutTables(syncing, sync) }] : []
    }),
  )

/** The stores, each with the table, that a record is of; only the stores where its model is not known. */
function homesOf(code: CodeOfFile, found: RecordFound | undefined): readonly Home[] {
  if (!found) return projectStores(code).map(store => ({ store, table: undefined }))
  return found.models.flatMap(model => storesOfModel(code, model).map(store => ({ store, table: model.table?.text })))
}

interface Home {
  readonly store: WatermelonStore
  readonly table: string | undefined
}

const sync = (push: string) => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () => synchronize({ database, pullChanges: pull, ${push} })
`
const file = (method: string) => `import { database } from './db'

export const remove = post => database.write(() => post.${method}())
`

export const destroyPermanentlyWithSync: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/destroy-permanently-with-sync',
  severity: 'info',
  on: 'code',
  docs: {
    what: 'A record is destroyed permanently in a database whose changes are pushed to a server.',
    why: 'The server never hears of the deletion, so the record stays there and on other devices, and may come back here.',
    fix: 'Marks the record as deleted: the next sync tells the server and then destroys it. Destroying is right for what was never synced, and for emptying a whole table on this device, which is not reported.',
  },
  *check(code) {
    const index = callIndex(code.scope.usage(code.file))
    const parts = Object.keys(marking).flatMap(name => index.byName.get(name) ?? [])
    if (parts.length === 0) return
    const records = createRecordReader(code)
    const pushed = pushedStores(code)
    if (pushed.length === 0) return
    const isSent = ({ store, table }: Home): boolean =>
      pushed.some(one => one.store === store && (table === undefined || !one.leftOut.has(table)))
    for (const { call, fact } of parts) {
      const method = methodCall(call)
      if (!method || call.callee.kind !== 'member' || (method.of.kind === 'name' && method.of.name === 'super'))
        continue
      const found = records.recordOf(method.of, fact.fn)
      // Who empties a whole table starts anew on this device, and marking would empty it on the server too.
      if (found?.isAny && !fact.isConditional) continue
      const homes = homesOf(code, found)
      const name = marking[method.name]
      if (name === undefined || homes.length === 0 || !homes.every(isSent)) continue
      const at = { file: code.file, span: call.callee.nameAt }
      yield {
        at,
        message: `"${method.name}" hides the deletion from sync: the record stays on the server and may come back. Use "${name}", unless it was never synced.`,
        data: { at, name },
      }
    }
  },
  fix: ({ data: { at, name } }) => ({
    title: `Use ${name}()`,
    safe: false,
    edits: [{ file: at.file, start: at.span.start, end: at.span.end, text: name }],
  }),
  examples: [
    {
      name: 'a record that the server has',
      files: exampleApp({
        files: {
          'src/sync.js': sync('pushChanges: push'),
          'src/remove.js': `${file('destroyPermanently')}//                                                      ^^^^^^^^^^^^^^^^^^ hides the deletion\n`,
        },
      }),
      fixed: { 'src/remove.js': file('markAsDeleted') },
    },
    {
      name: 'a database that is only pulled',
      files: exampleApp({ files: { 'src/sync.js': sync('log'), 'src/remove.js': file('destroyPermanently') } }),
    },
    {
      name: 'a record that is marked',
      files: exampleApp({
        files: { 'src/sync.js': sync('pushChanges: push'), 'src/remove.js': file('markAsDeleted') },
      }),
    },
    {
      name: 'tables that the sync leaves out by name',
      files: exampleApp({
        schema: ['posts', 'logs', 'hints']
          .map(name => `tableSchema({ name: '${name}', columns: [{ name: 'title', type: 'string' }] }),`)
          .join('\n'),
        models: { Post: "static table = 'posts'", Log: "static table = 'logs'", Hint: "static table = 'hints'" },
        files: {
          'src/sync.js': `const EXCLUDED_TABLES = ['logs']\nconst localTables = new Set(['hints'])\n${sync('pushChanges: push')}`,
          'src/remove.ts': `import { Q } from '@nozbe/watermelondb'
import { database } from './db'
import type { Hint } from './models/Hint'

export async function removeOld() {
  const old = Q.where('title', '')
  const logs = await database.get('logs').query(old).fetch()
  const posts = await database.get('posts').query(old).fetch()
  const hints: Hint[] = []
  for (const hint of await database.get<Hint>('hints').query(old).fetch()) hints.push(hint)
  await database.write(async () => {
    for (const log of logs) await log.destroyPermanently()
    for (const hint of hints) await hint.destroyPermanently()
    for (const post of posts) await post.destroyPermanently()
//                                       ^^^^^^^^^^^^^^^^^^ hides the deletion
  })
}
`,
        },
      }),
    },
    {
      name: 'a table that is emptied',
      files: exampleApp({
        models: { Post: "static table = 'posts'" },
        files: {
          'src/sync.js': sync('pushChanges: push'),
          'src/clear.ts': `import { database } from './db'
import type { Post } from './models/Post'

export async function clear() {
  const all: Post[] = await database.get<Post>('posts').query().fetch()
  await database.write(async () => {
    await database.batch(all.map(post => post.prepareDestroyPermanently()))
    await database.get('posts').query().fetch().then(found => Promise.all(found.map(post => post.destroyPermanently())))
  })
}

export async function clearSome(isOld: (post: Post) => boolean) {
  const all = await database.get<Post>('posts').query().fetch()
  await database.write(async () => {
    await Promise.all(all.filter(isOld).map(post => post.destroyPermanently()))
//                                                       ^^^^^^^^^^^^^^^^^^ hides the deletion
    await all[0]?.destroyPermanently()
//                ^^^^^^^^^^^^^^^^^^ hides the deletion
    all.forEach(post => {
      if (isOld(post)) post.destroyPermanently()
//                          ^^^^^^^^^^^^^^^^^^ hides the deletion
    })
  })
}
`,
        },
      }),
    },
  ],
}
