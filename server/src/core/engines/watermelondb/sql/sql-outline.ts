// SQL of which only some values are made at run time: enough is known of it to tell what it does to tables.
import type { Located, Scope } from '../../../catalog/scope.ts'
import { hole } from './holes.ts'
import { readSql, type SqlStatement } from './read-sql.ts'

/** The SQL of a template with a word for each part that is not static; undefined for anything but a template. */
export function sqlOutline(scope: Scope, located: Located): string | undefined {
  const { value, file } = scope.follow(located)
  if (value.kind !== 'template') return undefined
  const parts = value.values.map(part => scope.text({ value: part, file })?.text ?? hole)
  return value.texts.map((text, i) => text + (parts[i] ?? '')).join('')
}

/** The statements of an outline; undefined where what is made at run time may name a table or column. */
export function readOutline(outline: string): readonly SqlStatement[] | undefined {
  const statements = readSql(outline)
  return statements?.some(one => JSON.stringify(one).includes(hole)) ? undefined : statements
}

/** True when an outline certainly makes, changes and drops nothing, however often it runs. */
export const leavesShape = (outline: string): boolean =>
  readOutline(outline)?.every(one => one.kind === 'update' || one.kind === 'other') ?? false
