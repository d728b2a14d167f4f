// What a written value was surely meant to be, where it is compared with a value of another type.
import type { OperandType } from './operand.ts'
import type { RqlMend } from './problem.ts'
import type { RqlValue } from './syntax.ts'

/** The mend of `value` that makes it a value of the type `wanted`; undefined where there is a doubt. */
export function literalMend(value: RqlValue, wanted: OperandType): RqlMend | undefined {
  if (value.kind !== 'constant') return undefined
  const { type, text, at } = value
  const meant = type === 'string' ? ofString(text, wanted) : type === 'integer' ? ofInteger(text, wanted) : undefined
  return meant === undefined ? undefined : { at, text: meant }
}

function ofString(text: string, wanted: OperandType): string | undefined {
  if (wanted === 'bool') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined
  if (wanted === 'objectId') return /^[0-9a-f]{24}$/i.test(text) ? `oid(${text})` : undefined
  if (wanted === 'uuid')
    return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? `uuid(${text})` : undefined
  if (wanted !== 'date') return undefined
  // Realm's timestamps are UTC: what says no zone may be meant in another one.
  const [, day, time = '00:00:00'] = /^((?:19|2\d)\d\d-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.000)?Z)?$/.exec(text) ?? []
  return day === undefined ? undefined : `${day}@${time}`
}

function ofInteger(text: string, wanted: OperandType): string | undefined {
  if (wanted === 'bool') return text === '1' ? 'true' : text === '0' ? 'false' : undefined
  return wanted === 'string' ? `"${text}"` : undefined
}
