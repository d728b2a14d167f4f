// pullChanges returns the time of the device instead of the server's.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { type PullResult, pullResults } from '../code/pulled-changes.ts'
import { methodCall } from '../code/read-collection.ts'
import { functionFact, stable, stableShape, syncsOf } from '../code/read-sync.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

const isGlobalDate = (value: Value): boolean =>
  value.kind === 'name' && value.name === 'Date' && value.key === undefined
const isNewDate = (value: Value): boolean =>
  value.kind === 'call' && value.isNew && isGlobalDate(value.callee) && value.args.length === 0

/** `Date.now()`, `new Date().getTime()`, `Number(new Date())`, `new Date()`. */
function isNow(value: Value): boolean {
  const method = methodCall(value)
  if (method?.name === 'now' && isGlobalDate(method.of)) return true
  if (method && /^(?:getTime|valueOf)$/.test(method.name)) return isNewDate(method.of)
  if (value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'Number')
    return value.args.some(isNewDate)
  return isNewDate(value)
}

/** True when the result certainly holds no changes: then no change can be skipped by it. */
function isEmpty(code: CodeOfFile, { shape, tables }: PullResult): boolean {
  const changes = stableShape(code, shape.entries.get('changes')?.value)
  const isEmptyList = (located: Located | undefined): boolean => {
    const items = code.scope.items(located && stable(code, located))
    return items?.complete === true && items.items.length === 0
  }
  return (
    changes?.complete === true &&
    tables.every(
      table => table.shape?.complete && [...table.shape.entries.values()].every(list => isEmptyList(list.value)),
    )
  )
}

const file = (body: string, args = '{ lastPulledAt }') => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({
    database,
    pullChanges: async (${args}) => {
${body}
    },
  })
`

export const clientClockTimestamp: Rule<CodeOfFile, never> = {
  id: 'watermelondb/client-clock-timestamp',
  severity: 'warning',
  on: 'code',
  docs: {
    what: '`pullChanges` returns the time of the device as its `timestamp`.',
    why: 'The next pull asks for changes since then: where the clock of the device is ahead, changes of the server are skipped for good.',
    fix: 'Return the time at which the server read the changes, as the server says it.',
  },
  *check(code) {
    for (const sync of syncsOf(code)) {
      // A pull that is told nothing fetches everything, so no change can be skipped.
      if (sync.pull && functionFact(code, sync.pull)?.params.length === 0) continue
      for (const result of pullResults(code, sync)) {
        const timestamp = result.shape.entries.get('timestamp')?.value
        if (!timestamp || !isNow(code.scope.follow(timestamp).value) || isEmpty(code, result)) continue
        yield {
          at: { file: timestamp.file, span: timestamp.value.at },
          message:
            'The timestamp is the time of this device: where its clock is ahead, changes of the server are skipped for good. Return the time of the server.',
        }
      }
    }
  },
  instead: generatedSync,
  examples: [
    {
      name: 'Date.now()',
      files: exampleApp({
        files: {
          'src/sync.ts': file(`      const { changes } = await pull(lastPulledAt)
      return { changes, timestamp: Date.now() }
      //                           ^^^^^^^^^^ time of this device`),
        },
      }),
    },
    {
      name: 'a constant, a method of a class',
      files: exampleApp({
        files: {
          'src/sync.js': `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

class Sync {
  async pull({ lastPulledAt }) {
    const now = new Date().getTime()
    return { changes: await load(lastPulledAt), timestamp: now }
    //                                                     ^^^ time of this device
  }
  run() {
    return synchronize({ database, pullChanges: this.pull.bind(this) })
  }
}
`,
        },
      }),
    },
    {
      name: "the server's time, no changes, a pull of everything",
      files: exampleApp({
        files: {
          'src/sync.ts': file(`      if (isOffline) return { changes: {}, timestamp: Date.now() }
      if (isDone) return { changes: { posts: { created: [], updated: [], deleted: [] } }, timestamp: Date.now() }
      const { changes, timestamp } = await pull(lastPulledAt)
      return { changes, timestamp }`),
          'src/all.ts': file('      return { changes: await all(), timestamp: Date.now() }', ''),
        },
      }),
    },
  ],
}
