// Where a file uses what realm 20 and @realm/react 0.20 no longer have.
import { type CallValue, type MemberValue, type Value, walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { objectsOf } from '../code/objects-of.ts'
import { realmOf } from '../code/realm-of.ts'
import type { CodeOfFile } from '../types.ts'
import { type Removed, removedMember, removedName } from './removed-names.ts'

/** A use. */
export interface RemovedUse {
  readonly removed: Removed
  readonly at: Place
}

/** An expression, and the function that it stands in. */
interface Root {
  readonly value: Value
  readonly fn?: number | undefined
}

/** Every use: imported names where they are imported, all else where it is written. */
export function* removedUses(code: CodeOfFile): Generator<RemovedUse> {
  const { scope, library, file } = code
  const module = scope.module(file)
  for (const { from, names } of module?.imports ?? []) {
    if (from !== 'realm' && from !== '@realm/react') continue
    for (const { name, at } of names) {
      const removed = removedName(from === 'realm' ? `Realm.${name}` : name)
      if (removed) yield { removed, at: { file, span: at } }
    }
  }
  const usage = scope.usage(file)
  const roots: Root[] = [
    ...(usage?.calls ?? []),
    ...(usage?.assigns.flatMap(({ target, value, fn }) => [
      { value: target, fn },
      { value, fn },
    ]) ?? []),
    ...Object.values(module?.bindings ?? {}).flatMap(({ value, fn }) =>
      value?.kind === 'member' ? [{ value, fn }] : [],
    ),
  ]
  const seen = new Set<number>()
  for (const root of roots)
    for (const part of walkValue(root.value)) {
      if (part.kind !== 'member' || part.name === undefined || seen.has(part.nameAt.start)) continue
      seen.add(part.nameAt.start)
      const removed = ofNamespace(part) ?? ofObject(part, root)
      if (removed) yield { removed, at: { file, span: part.nameAt } }
    }

  /** `Realm.App`: the part whose name was removed, not what is taken of it. */
  function ofNamespace(part: MemberValue): Removed | undefined {
    if (!removedName(`Realm.${part.name}`) && !removedName(part.name ?? '')) return undefined
    const name = library.nameOf(scope, { value: part, file })
    const parts = name?.split('.').length ?? 0
    return name !== undefined && parts <= 2 && name.endsWith(part.name ?? '') ? removedName(name) : undefined
  }

  function ofObject(part: MemberValue, { value: root, fn }: Root): Removed | undefined {
    const removed = removedMember(part.name)
    if (!removed) return undefined
    const of = { value: part.of, file }
    if (part.name === 'progress') return isOpen(part.of) && isCalled(part, root) ? removed : undefined
    if (part.name === 'syncSession' || part.name === 'subscriptions') return realmOf(code, of) ? removed : undefined
    return isCalled(part, root) && objectsOf(code, of, fn)?.shape === 'results' ? removed : undefined
  }

  function isOpen(value: Value): value is CallValue {
    return value.kind === 'call' && library.calleeOf(scope, { value, file }) === 'Realm.open'
  }
}

const isCalled = (part: MemberValue, root: Value): boolean =>
  [...walkValue(root)].some(one => one.kind === 'call' && one.callee === part)
