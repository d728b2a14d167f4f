// A record of a database that is pushed is destroyed, so that the server never hears of it.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { callIndex } from '../call-index.ts'
import { exampleApp } from '../example-app.ts'
import { methodCall, projectStores, storesOfModel } from '../read-collection.ts'
import { syncsOf } from '../read-sync.ts'
import { createRecordReader } from '../record-of.ts'
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

/** The databases whose changes are sent to a server. */
const pushedStores = (code: CodeOfFile): ReadonlySet<WatermelonStore> =>
  new Set(
    code
      .syncing()
      .flatMap(syncsOf)
      .flatMap(sync => (sync.entries.has('pushChanges') && sync.stores.length === 1 ? sync.stores : [])),
  )

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
    fix: 'Marks the record as deleted: the next sync tells the server and then destroys it. Destroying is right for what was never synced.',
  },
  *check(code) {
    const index = callIndex(code.scope.usage(code.file))
    const parts = Object.keys(marking).flatMap(name => index.byName.get(name) ?? [])
    if (parts.length === 0) return
    const records = createRecordReader(code)
    const pushed = pushedStores(code)
    if (pushed.size === 0) return
    for (const { call, fact } of parts) {
      const method = methodCall(call)
      if (!method || call.callee.kind !== 'member' || (method.of.kind === 'name' && method.of.name === 'super'))
        continue
      const models = records.recordOf(method.of, fact.fn)?.models
      const stores = models ? models.flatMap(model => storesOfModel(code, model)) : projectStores(code)
      const name = marking[method.name]
      if (name === undefined || stores.length === 0 || !stores.every(store => pushed.has(store))) continue
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
  ],
}
