// Where a file has room for a new entry: the objects that give values to the parameters of SQL.
import type { Blank, Offer } from '../../../catalog/mention.ts'
import { keyed } from '../../../catalog/remembered.ts'
import { parametersInSql } from '../../../sql/parameters-in-sql.ts'
import { within } from '../../../text/inner-span.ts'
import { bindings } from '../mentions/parameter-mentions.ts'
import type { SqlCall } from '../types.ts'

/** The blanks of each file, remembered until its calls change. */
export function createBlanks(callsIn: (file: string) => readonly SqlCall[]): (file: string) => readonly Blank[] {
  return keyed((file: string) => callsIn(file).flatMap(call => [...blanksOf(call, file)]))
}

function* blanksOf(call: SqlCall, file: string): Generator<Blank> {
  if (!call.sql) return
  const names = new Set(parametersInSql(call.sql.text).map(one => one.name))
  for (const name of names) if (name.startsWith('?')) names.delete(name)
  if (names.size === 0) return
  for (const given of bindings(call)) {
    if (given.kind !== 'object' || given.at.file !== file) continue
    const entries = [...given.entries.values()]
    yield {
      at: { file, span: within(given.at.span, 1, 1) },
      taken: entries.filter(entry => entry.at.file === file).map(entry => entry.at),
      separator: ',',
      offers: () => [...names].filter(name => !given.entries.has(name)).map(offerOf),
    }
  }
}

/** `$id` is a plain key; `:id` and `@id` are not. */
function offerOf(name: string): Offer {
  const key = /^[$\w]+$/.test(name) ? name : `'${name}'`
  return { label: key, snippet: `${key.replaceAll('$', '\\$')}: $1`, detail: 'parameter of the SQL' }
}
