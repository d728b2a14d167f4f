// The names of parameters in SQL, with what the call's object has for them.
import type { Mention } from '../../../catalog/mention.ts'
import { scanSql } from '../../../sql/scan-sql.ts'
import type { Parameters, SqlCall } from '../types.ts'

/** What a call, or each execution of what it prepares, binds. */
export const bindings = (call: SqlCall): readonly Parameters[] =>
  call.method.gives === 'statement' ? (call.executions ?? []).map(one => one.parameters) : [call.parameters]

/** Each parameter that is written, or begun (`$`), where the call gives an object: its keys are what may stand there. */
export function* parameterMentions(call: SqlCall): Generator<Mention> {
  const { sql } = call
  const keys = bindings(call)
    .flatMap(given => (given.kind === 'object' ? [...given.entries.keys()] : []))
    .filter(key => /^[$:@]/.test(key))
  if (!sql || keys.length === 0) return
  const choices = [...new Set(keys)].map(text => ({ text }))
  for (const { kind, start, end } of scanSql(sql.text)) {
    const text = sql.text.slice(start, end)
    const isName = kind === 'parameter' && !text.startsWith('?')
    const at = isName || (kind === 'broken' && /^[$:@]$/.test(text)) ? sql.place(start, end) : undefined
    if (at) yield { kind: 'word', at, choices }
  }
}
