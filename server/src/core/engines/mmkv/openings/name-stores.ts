// The names of instances: what people call them in diagrams and messages.
import type { Scope } from '../../../catalog/scope.ts'
import { takeName } from '../../../catalog/store-names.ts'
import { basename } from '../../../text/path.ts'
import { functionName } from '../code/function-name.ts'
import type { MmkvStore, Opening } from '../types.ts'
import { defaultId } from '../vocabulary.ts'

/**
 * A name for each store, in their order: its id, or the variable that holds it where that is not known. Behind it stands
 * its folder, and then its package, where two would be equal. `others` are taken by other engines.
 */
export function nameStores(scope: Scope, stores: readonly MmkvStore[], others: ReadonlySet<string>): readonly string[] {
  const plain = stores.map(store => plainName(scope, store.openings))
  const withPath = distinguished(plain, i => stores[i]?.openings.find(opening => opening.path)?.path?.text)
  const names = distinguished(withPath, i => (stores[i]?.id === undefined ? undefined : stores[i]?.project.root))
  const taken = new Set(others)
  return names.map(name => takeName(taken, name))
}

/** The names, with the end of a path behind those that are there more than once. */
function distinguished(names: readonly string[], pathOf: (index: number) => string | undefined): readonly string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return names.map((name, i) => {
    const end = counts.get(name) === 1 ? '' : basename(pathOf(i) ?? '')
    return end === '' ? name : `${name}-${end}`
  })
}

function plainName(scope: Scope, openings: readonly Opening[]): string {
  const [first] = openings
  if (!first) return 'mmkv'
  if (first.id !== undefined) return first.id?.text ?? defaultId
  return variableOf(scope, first) ?? 'mmkv'
}

/** The variable, field or function that gets the instance. */
function variableOf(scope: Scope, { value: { value, file }, fact, isOuter }: Opening): string | undefined {
  const key = isOuter ? (fact.into ?? fact.assignedTo) : undefined
  if (key !== undefined) return scope.binding(file, key)?.name
  const usage = scope.usage(file)
  const assign = usage?.assigns.find(one => one.value === value)
  if (assign?.target.kind === 'member') return assign.target.name
  for (const classKey of scope.classKeys(file)) {
    const member = scope.classOf(file, classKey)?.members.find(one => one.initializer === value)
    if (member) return member.name
  }
  return fact.fn === undefined ? undefined : functionName(scope, file, fact.fn)
}
