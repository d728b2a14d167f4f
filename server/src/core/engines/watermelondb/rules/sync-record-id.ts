// A pulled record has an id that is no text.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { pullResults } from '../code/pulled-changes.ts'
import { syncsOf } from '../code/read-sync.ts'
import { wrap } from '../code/write-call.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly id: Located
}

/** How `value` certainly is no text: as a number, or not at all. */
function kindOf(value: Located['value']): 'number' | 'null' | undefined {
  if (value.kind === 'number') return 'number'
  if (value.kind === 'null' || value.kind === 'undefined') return 'null'
  if (value.kind !== 'call' || value.isNew || value.callee.kind !== 'name' || value.callee.key !== undefined)
    return undefined
  return /^(?:Number|parseInt|parseFloat)$/.test(value.callee.name) ? 'number' : undefined
}

const sync = (id: string, mark = '') => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export async function sync(rows) {
  await synchronize({
    database,
    pullChanges: async () => {
      const created = rows.map(row => ({ id: ${id}, title: row.title }))
${mark}      return { changes: { posts: { created, updated: [], deleted: [] } }, timestamp: await now() }
    },
  })
}
`

export const syncRecordId: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/sync-record-id',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A record that `pullChanges` returns has a number or null as `id`.',
    why: 'The row gets a new random id and counts as created here: it is doubled at every pull, and pushed back to the server.',
    fix: 'Makes a text of the id.',
  },
  *check(code) {
    for (const one of syncsOf(code))
      for (const { tables } of pullResults(code, one))
        for (const { shape } of tables.flatMap(table => table.raws)) {
          const id = shape.entries.get('id')?.value
          const kind = id && kindOf(code.scope.follow(id).value)
          if (!id || !kind) continue
          yield {
            at: { file: id.file, span: id.value.at },
            message: `The id of a pulled record is ${kind === 'number' ? 'a number' : 'empty'}: the row gets a random id and is doubled at every pull. Give it ${kind === 'number' ? 'as a text' : 'the id of the server'}.`,
            ...(kind === 'number' && { data: { id } }),
          }
        }
  },
  fix({ data }) {
    return data && { title: 'Use String()', safe: false, edits: wrap(data.id.file, data.id.value.at, 'String(', ')') }
  },
  instead: generatedSync,
  examples: [
    {
      name: 'a number',
      files: exampleApp({
        files: {
          'src/sync.js': sync(
            'Number(row.id)',
            '      //                                     ^^^^^^^^^^^^^^ is a number\n',
          ),
        },
      }),
      fixed: { 'src/sync.js': sync('String(Number(row.id))') },
    },
    {
      name: 'null',
      files: exampleApp({
        files: { 'src/sync.js': sync('null', '      //                                     ^^^^ is empty\n') },
      }),
    },
    {
      name: 'texts, and what may be one',
      files: exampleApp({ files: { 'src/sync.js': sync('row.id'), 'src/texts.js': sync('String(row.id)') } }),
    },
  ],
}
