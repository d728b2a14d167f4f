// What a member of a class of the app holds or does: fields with what is assigned to them, getters, methods.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { FunctionFact, MemberFact, TypeFact } from '../../../facts/file-facts.ts'
import type { Span } from '../../../text/span.ts'

/** A class, by its file and key. */
export interface ClassRef {
  readonly file: string
  readonly key: string
}

/** A function, by its file and id. */
export interface FunctionRef {
  readonly file: string
  readonly id: number
}

/** What is known of a member. */
export interface ClassMember {
  /** What it may hold; for a getter, what that returns. */
  readonly values: readonly Located[]
  readonly type: TypeFact | undefined
  /** The method that it is. */
  readonly method: FunctionRef | undefined
  readonly owner: ClassRef
}

/** Classes that extend one another longer than this are taken for cycles. */
const longest = 10

/** The class around a place; undefined where there is none. */
export function classAround(scope: Scope, file: string, at: Span): ClassRef | undefined {
  for (const key of scope.classKeys(file)) {
    const fact = scope.classOf(file, key)
    if (fact && fact.bodyAt.start <= at.start && at.end <= fact.bodyAt.end) return { file, key }
  }
  return undefined
}

/** The member `name` of a class, or of one that it extends; undefined where there is none that can be read. */
export function memberOf(scope: Scope, { file, key }: ClassRef, name: string, depth = 0): ClassMember | undefined {
  const fact = depth > longest ? undefined : scope.classOf(file, key)
  if (!fact) return undefined
  const members = fact.members.filter(one => one.name === name)
  const given = fact.assigned.flatMap(one => (one.name === name ? [{ value: one.value, file }] : []))
  const values = [
    ...members.flatMap(one => (one.initializer ? [{ value: one.initializer, file }] : [])),
    ...given,
    ...assignedIn(scope, { file, key }, fact.name, name),
    ...members.flatMap(one => returnsOf(scope, file, one)),
  ]
  const method = members.find(one => one.kind === 'method')?.fn
  if (members.length > 0 || values.length > 0)
    return {
      values,
      type: members.find(one => one.type)?.type,
      method: method === undefined ? undefined : { file, id: method },
      owner: { file, key },
    }
  const base = fact.superclass && scope.follow({ value: fact.superclass, file })
  return base?.value.kind === 'class'
    ? memberOf(scope, { file: base.file, key: base.value.key }, name, depth + 1)
    : undefined
}

/** What code of the class assigns to `this.name`, or to `Name.name`. */
function assignedIn(scope: Scope, { file, key }: ClassRef, className: string, name: string): readonly Located[] {
  const usage = scope.usage(file)
  return (usage?.assigns ?? []).flatMap(({ target, value, fn }) => {
    if (target.kind !== 'member' || target.name !== name) return []
    const isOwn =
      target.of.kind === 'this'
        ? isOfClass(usage?.functions ?? [], fn, key)
        : target.of.kind === 'name' && target.of.name === className
    return isOwn ? [{ value, file }] : []
  })
}

/** True for a function of the class, or one inside of it. */
function isOfClass(functions: readonly FunctionFact[], fn: number | undefined, key: string): boolean {
  for (let at = fn; at !== undefined; at = functions[at]?.parent) {
    const { inClass } = functions[at] ?? {}
    if (inClass !== undefined) return inClass === key
  }
  return false
}

function returnsOf(scope: Scope, file: string, { kind, fn }: MemberFact): readonly Located[] {
  if (kind !== 'getter' || fn === undefined) return []
  return (scope.usage(file)?.functions[fn]?.returns ?? []).map(value => ({ value, file }))
}
