// Where code reads and writes `user_version`.
import { elementsOf, type ValueWorld } from '../code/possible-values.ts'
import type { SqlCall } from '../types.ts'

const pragma = /\bpragma\s+(?:\w+\.)?user_version\b\s*(=|\()?\s*([^;\s)]*)/i

/** The write of the version in a text, with the letters of the number; undefined where it writes none. */
export function versionWritten({ sql }: SqlCall): { readonly start: number; readonly end: number } | undefined {
  const found = sql && pragma.exec(sql.text)
  if (!found?.[1]) return undefined
  const end = found.index + found[0].length
  return { start: end - (found[2]?.length ?? 0), end }
}

/** True where the version is read. */
export const readsVersion = ({ sql }: SqlCall): boolean => {
  const found = sql && pragma.exec(sql.text)
  return found !== null && found !== undefined && found[1] === undefined
}

/** The number that a write gives, also as the length of a list; undefined where it is not known. */
export function numberWritten(world: ValueWorld, call: SqlCall): number | undefined {
  const at = versionWritten(call)
  if (!at || !call.sql) return undefined
  const { text } = call.sql
  const part = call.sql.parts.find(one => one.isHole && one.start >= at.start && one.end <= at.end)
  if (!part) return call.sql.isOpen(at.start, at.end) ? undefined : wholeNumber(text.slice(at.start, at.end))
  const value = part.value?.value
  if (value?.kind !== 'member' || value.name !== 'length' || !part.value) return undefined
  const list = elementsOf(world, { value: value.of, file: part.value.file })
  return list?.complete ? list.items.length : undefined
}

const wholeNumber = (text: string): number | undefined => (/^-?\d+$/.test(text) ? Number(text) : undefined)
