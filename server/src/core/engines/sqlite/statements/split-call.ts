// Gives each statement of a text a call of its own.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { parametersInSql } from '../../../sql/parameters-in-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import { lineIndent, quotedLike, styleOf } from '../../../write/style.ts'
import type { SqlInCode } from '../types.ts'
import { wholeText } from './judged.ts'

/**
 * One call that runs all statements, where nothing is bound and nobody looks at the result (expo-sqlite), else a call for
 * each, with the values shared out by their number. Undefined where that is not certain.
 */
export function splitCall({ sql: call }: SqlInCode, context: FixContext): Fix | undefined {
  const { file, value } = call.call
  const { argument, parameters, method, fact, isOuter } = call
  const text = context.text(file)
  const sql = wholeText(call)
  const { callee, argsAt, at } = value
  const isStatement = isOuter && (fact.use === 'statement' || fact.isDropped === true)
  if (text === undefined || sql === undefined || callee.kind !== 'member' || !isStatement) return undefined
  const run = /^run(Async|Sync)$/.exec(method.name)
  if (method.package === 'expo-sqlite' && run && parameters.kind === 'none' && parametersInSql(sql).length === 0) {
    const name = `exec${run[1]}`
    const edit = { file, start: callee.nameAt.start, end: callee.nameAt.end, text: name }
    return { title: `Use ${name}, which runs all of them`, safe: false, edits: [edit] }
  }
  if (argument.file !== file || argument.value.kind !== 'string' || method.gives === 'statement') return undefined
  const literal = text.slice(argument.value.at.start, argument.value.at.end)
  const statements = splitStatements(sql)
  const marks = parametersInSql(sql)
  if (marks.some(mark => mark.name !== '?')) return undefined
  const items = parameters.kind === 'list' && !parameters.isVariadic ? parameters.items : []
  const isBound = parameters.kind === 'list' && !parameters.isVariadic
  if ((parameters.kind !== 'none' && !isBound) || items.length !== marks.length) return undefined
  if (items.some(item => item.file !== file)) return undefined
  const before = text.slice(0, at.start)
  const start = at.start - (/await\s+$/.exec(before)?.[0].length ?? 0)
  const end = at.end + (/^[ \t]*;/.exec(text.slice(at.end))?.[0].length ?? 0)
  const head = text.slice(start, argsAt.start)
  const { newline } = styleOf(text)
  const ended = text.slice(at.end, end)
  let taken = 0
  const lines = statements.map(({ start: from, end: to }, index) => {
    const own = marks.filter(mark => mark.statement === index).length
    const values = items.slice(taken, taken + own).map(item => text.slice(item.value.at.start, item.value.at.end))
    taken += own
    const list = values.length > 0 ? `, [${values.join(', ')}]` : ''
    return `${head}(${quotedLike(literal, sql.slice(from, to))}${list})${ended}`
  })
  return {
    title: 'Make a call for each statement',
    safe: false,
    edits: [{ file, start, end, text: lines.join(`${newline}${lineIndent(text, start)}`) }],
  }
}
