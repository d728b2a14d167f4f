// pullChanges returns what synchronize() cannot use.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { type PulledTable, type PullResult, pullResults } from '../code/pulled-changes.ts'
import { functionFact, type SyncCall, stable, syncsOf } from '../code/read-sync.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { snakeCase } from '../models/naming.ts'
import type { CodeOfFile } from '../types.ts'

type Found = Generator<Evidence<never>>

const report = (at: Place, message: string): Evidence<never> => ({ at, message })

function* timestamps(code: CodeOfFile, { shape, located }: PullResult): Found {
  const entry = shape.entries.get('timestamp')
  const isJs = isJavaScript(located.file)
  if (!entry) {
    if (isJs && shape.complete)
      yield report(
        placeOf(located),
        'pullChanges returns no "timestamp", so every sync throws. Return the time of the server in milliseconds.',
      )
    return
  }
  const { value } = code.scope.follow(entry.value)
  const isText =
    value.kind === 'string' || value.kind === 'template' || value.kind === 'null' || value.kind === 'undefined'
  const isDate =
    value.kind === 'call' &&
    value.isNew &&
    value.callee.kind === 'name' &&
    value.callee.name === 'Date' &&
    value.callee.key === undefined
  if (!(value.kind === 'number' && value.value <= 0) && !(isJs && (isText || isDate))) return
  yield report(
    placeOf(entry.value),
    'synchronize() accepts only a positive number as "timestamp": with this one every sync throws. Return the time of the server in milliseconds.',
  )
}

/** Lists of a table: only JavaScript can leave them out. */
function* lists(code: CodeOfFile, table: PulledTable): Found {
  const { entry, shape } = table
  if (!isJavaScript(entry.value.file)) return
  const found = stable(code, entry.value)
  if (found?.value.kind === 'array')
    yield report(
      entry.nameAt,
      `The changes of "${entry.name}" are a list, so every sync throws. Return { created, updated, deleted }.`,
    )
  if (!shape) return
  const missing = shape.complete ? ['created', 'updated', 'deleted'].filter(name => !shape.entries.has(name)) : []
  if (missing.length > 0)
    yield report(
      entry.nameAt,
      `The changes of "${entry.name}" lack "${missing.join('", "')}", so the sync throws. Return an empty list where nothing changed.`,
    )
  const deleted = shape.entries.get('deleted')
  const object = code.scope.items(deleted && stable(code, deleted.value))?.items.find(item => code.scope.shape(item))
  if (object)
    yield report(
      placeOf(object),
      '"deleted" is a list of ids: an object in it makes the sync throw. Give the id itself.',
    )
}

function* raws(sync: SyncCall, { entry, raws: records }: PulledTable): Found {
  for (const { shape, located } of records) {
    const marked = shape.entries.get('_status') ?? shape.entries.get('_changed')
    if (marked)
      yield report(
        marked.nameAt,
        `A pulled record must not have "${marked.name}": the sync throws. Leave it out, as the server should.`,
      )
    if (shape.complete && !shape.entries.has('id'))
      yield report(
        placeOf(located),
        'A pulled record has no "id", so the sync throws. Give it the id of the server, as a text.',
      )
    if (!shape.complete) continue
    for (const { name, nameAt } of shape.entries.values()) {
      const column = snakeCase(name)
      if (column === name || shape.entries.has(column) || sync.stores.length === 0) continue
      const tables = sync.stores.map(store => store.table(entry.name))
      if (!tables.every(table => table?.complete && !table.columns.has(name) && table.columns.has(column))) continue
      yield report(
        nameAt,
        `Table "${entry.name}" has a column "${column}", not "${name}": the value is dropped and a default is stored. Return column names.`,
      )
    }
  }
}

const unknownTable = ({ stores }: SyncCall, entry: Entry): boolean =>
  stores.length > 0 && stores.every(store => store.complete && !store.table(entry.name))

const sync = (result: string) => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export async function sync() {
  await synchronize({
    database,
    pullChanges: async () => {
${result}
    },
  })
}
`

export const pullResultShape: Rule<CodeOfFile, never> = {
  id: 'watermelondb/pull-result-shape',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`pullChanges` returns a timestamp, a table, a list or a record that `synchronize()` cannot use.',
    why: 'The sync throws every time, or drops what it does not know and stores defaults.',
    fix: 'Return `{ changes: { table: { created, updated, deleted } }, timestamp }` with column names and ids as texts.',
  },
  *check(code) {
    for (const one of syncsOf(code)) {
      const fn = one.pull && functionFact(code, one.pull)
      if (
        one.pull &&
        fn &&
        isJavaScript(one.pull.file) &&
        fn.bodyAt &&
        fn.returns.length === 0 &&
        fn.canFallThrough &&
        !fn.isGenerator
      )
        yield report(
          { file: one.pull.file, span: fn.nameAt },
          'pullChanges returns nothing, so every sync throws. Return { changes, timestamp }.',
        )
      for (const result of pullResults(code, one)) {
        yield* timestamps(code, result)
        for (const table of result.tables) {
          if (unknownTable(one, table.entry))
            yield report(
              table.entry.nameAt,
              `There is no table "${table.entry.name}" in the schema, so its changes are skipped. Use the name of a table.`,
            )
          yield* lists(code, table)
          yield* raws(one, table)
        }
      }
    }
  },
  instead: generatedSync,
  examples: [
    {
      name: 'a timestamp of zero, and a record with marks of the client',
      files: exampleApp({
        models: { Post: "static table = 'posts'" },
        files: {
          'src/sync.ts':
            sync(`      const posts = { created: [{ id: '1', _status: 'synced' }], updated: [], deleted: [] }
      //                                   ^^^^^^^ must not have
      return { changes: { posts, comments: posts }, timestamp: 0 } as any
      //                         ^^^^^^^^ no table "comments"
      //                                                       ^ accepts only a positive number`),
        },
      }),
    },
    {
      name: 'JavaScript',
      files: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'is_done', type: 'boolean' }] }),",
        files: {
          'src/sync.js': sync(`      const rows = await load()
      const created = rows.map(row => ({ id: row.id, isDone: row.done }))
      //                                             ^^^^^^ has a column "is_done"
      if (rows.length === 0) return { changes: { posts: [] }, timestamp: '2020' }
      //                                         ^^^^^ are a list
      //                                                                 ^^^^^^ positive number
      return { changes: { posts: { created, deleted: [{ id: '1' }] } }, timestamp: rows.at }
      //                  ^^^^^ lack "updated"
      //                                              ^^^^^^^^^^^ list of ids`),
          'src/empty.js': sync('      await load()').replace(
            'async () => {',
            'async () => {\n    //           ^^^^^ returns nothing',
          ),
        },
      }),
    },
    {
      name: 'what is fine, changed later, or not known',
      files: exampleApp({
        files: {
          'src/sync.js': sync(`      const result = { changes: {}, timestamp: 0 }
      result.timestamp = await time()
      const posts = { created: [{ ...row, createdAt: 1 }], updated: [] }
      posts.deleted = []
      if (isFirst) return { changes: { posts, ...others }, timestamp: 5 }
      return result`),
          'src/turbo.ts': sync("      return { syncJson: '{}' }"),
        },
      }),
    },
  ],
}
