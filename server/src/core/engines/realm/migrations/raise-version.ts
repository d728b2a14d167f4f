// Raises the schema version of a realm, wherever its number is written.
import { placeOf } from '../../../catalog/place-of.ts'
import type { FixContext } from '../../../rules/rule.ts'
import { walkValue } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Place } from '../../../text/span.ts'
import type { RealmStore } from '../types.ts'

/**
 * The edits that make `version` the one that every opening gives that gives one. Where a number is a constant that
 * migrations compare with, those tests keep the number that they meant. Undefined where a number cannot be replaced.
 */
export function raiseVersion(store: RealmStore, version: number, context: FixContext): readonly TextEdit[] | undefined {
  const places = new Map<string, { readonly at: Place; readonly value: number }>()
  for (const { version: given, kind } of store.openings)
    if (given && kind !== 'other' && given.value < version) places.set(placeKey(given.at), given)
  const edits: TextEdit[] = []
  for (const { at } of places.values()) {
    const text = context.text(at.file)?.slice(at.span.start, at.span.end)
    if (text === undefined) return undefined
    edits.push({ file: at.file, start: at.span.start, end: at.span.end, text: String(version) })
  }
  return [...edits, ...frozenTests(store, places)]
}

/** The edit that replaces a number at its place. */
export const setNumber = (at: Place, value: number): TextEdit => ({
  file: at.file,
  start: at.span.start,
  end: at.span.end,
  text: String(value),
})

const placeKey = ({ file, span }: Place): string => `${file}:${span.start}`

/** `if (oldRealm.schemaVersion < VERSION)` speaks of the version that VERSION was. */
function* frozenTests(store: RealmStore, places: ReadonlyMap<string, { readonly value: number }>): Generator<TextEdit> {
  const { scope, migration } = store
  if (!migration) return
  const { file } = migration
  for (const { test } of scope.usage(file)?.tests ?? []) {
    let end = -1
    for (const part of walkValue(test)) {
      if ((part.kind !== 'name' && part.kind !== 'member') || part.at.start < end) continue
      const found = scope.follow({ value: part, file })
      const place = found.value === part ? undefined : places.get(placeKey(placeOf(found)))
      if (!place) continue
      end = part.at.end
      yield setNumber({ file, span: part.at }, place.value)
    }
  }
}
