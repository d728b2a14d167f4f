// Options of a configuration: what they say, where the opening is named, and how to take one out.
import type { Entry, Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Place } from '../../../text/span.ts'
import { removeKey } from '../edit-object.ts'
import type { Opening } from '../types.ts'

/** The name of what opens: `Realm.open`, `RealmProvider`. */
export function nameOfOpening({ value: { value, file } }: Opening): Place {
  return { file, span: value.kind === 'jsx' ? value.tag.at : value.callee.at }
}

/** True for an option that certainly is `true`. */
export const isOn = (scope: Scope, entry: Entry | undefined): boolean => scope.boolean(entry?.value) === true

/** True for an option that is written as a prop of the element itself. */
export const isPropOf = ({ value }: Opening, { at }: Entry): boolean =>
  value.value.kind === 'jsx' &&
  at.file === value.file &&
  value.value.props.some(prop => prop.at.start === at.span.start && prop.at.end === at.span.end)

/** The edit that takes an option out of the object or the element that it is written in. */
export function removeOption(opening: Opening, entry: Entry, context: FixContext): TextEdit | undefined {
  const { file, span } = entry.at
  const text = context.text(file)
  if (text === undefined) return undefined
  if (!isPropOf(opening, entry)) return removeKey(opening.config, entry, context)
  const before = /\s*$/.exec(text.slice(0, span.start))?.[0].length ?? 0
  return { file, start: span.start - before, end: span.end, text: '' }
}
