// What expressions in a migration stand for: one of the two realms, their rows, the old version.
import type { Named } from '../../../catalog/catalog.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'

/** `className` is undefined where the rows are certainly a realm's and it is not known of which class. */
export type Meaning =
  | { readonly kind: 'realm' | 'version'; readonly realm: 'old' | 'new' }
  | { readonly kind: 'rows' | 'row'; readonly realm: 'old' | 'new'; readonly className: string | undefined }
  /** A value of its own, nothing that is stored; `located` for what a parameter is given. */
  | { readonly kind: 'plain'; readonly located?: Located }

/** What the parameters of the functions that are read stand for, by `file#key`. */
export type Meanings = ReadonlyMap<string, Meaning>

/** What is needed of the classes of the realm. */
export interface MigrationWorld {
  readonly scope: Scope
  /** The class that an expression names, by a text or by the JavaScript class. */
  classNamed(located: Located | undefined): Named | undefined
  /** The class that a property links to; `isMany` for collections. */
  targetOf(className: string, property: string): { readonly className: string; readonly isMany: boolean } | undefined
}

/** Methods of lists that give back a list of the same rows. */
const narrowing = new Set(['filtered', 'sorted', 'snapshot', 'slice', 'filter', 'concat', 'reverse', 'toReversed'])
/** Methods of lists that give back one of their rows. */
const picking = new Set(['find', 'at', 'pop', 'shift'])

/** The key of a binding among meanings. */
export const meaningKey = (file: string, key: string): string => `${file}#${key}`

/** What a parameter is given where its value is known; anything else as it is. */
export function given(known: Meanings, located: Located | undefined): Located | undefined {
  const { value, file } = located ?? {}
  const meaning =
    value?.kind === 'name' && value.key !== undefined ? known.get(meaningKey(file!, value.key)) : undefined
  return meaning?.kind === 'plain' ? (meaning.located ?? located) : located
}

/** Names that lead to one another deeper than this are taken for cycles. */
const deepest = 30

/** What an expression stands for; undefined where that is not known. */
export function meaningOf(world: MigrationWorld, known: Meanings, located: Located, depth = 0): Meaning | undefined {
  const { value, file } = located
  if (depth > deepest) return undefined
  const of = (inner: Value) => meaningOf(world, known, { value: inner, file }, depth + 1)
  switch (value.kind) {
    case 'name': {
      if (value.key === undefined) return undefined
      const given = known.get(meaningKey(file, value.key))
      if (given) return given
      const binding = world.scope.binding(file, value.key)
      if (binding?.value) return of(binding.value)
      return binding?.import ? { kind: 'plain' } : undefined
    }
    case 'member':
      return memberOf(world, known, of(value.of), value, depth)
    case 'call':
      return value.isNew ? { kind: 'plain' } : callOf(world, known, { value, file }, depth)
    case 'await':
      return of(value.value)
    case 'conditional':
      return of(value.whenTrue) ?? of(value.whenFalse)
    case 'binary':
      return ['||', '??', '&&'].includes(value.op) ? (of(value.left) ?? of(value.right)) : { kind: 'plain' }
    case 'array': {
      const [first] = value.items
      const spread = value.items.length === 1 && first?.kind === 'spread' ? of(first.value) : undefined
      return spread ?? { kind: 'plain', located }
    }
    case 'object':
      return { kind: 'plain', located }
    case 'unknown':
      return undefined
    default:
      return { kind: 'plain' }
  }
}

function memberOf(
  world: MigrationWorld,
  known: Meanings,
  of: Meaning | undefined,
  { name, index }: { readonly name?: string; readonly index?: Value },
  depth: number,
): Meaning | undefined {
  if (of?.kind === 'realm') return name === 'schemaVersion' ? { kind: 'version', realm: of.realm } : undefined
  if (of?.kind === 'rows') {
    if (index || (name !== undefined && /^\d+$/.test(name))) return { ...of, kind: 'row' }
    return name === 'length' ? { kind: 'plain' } : undefined
  }
  if (of?.kind === 'plain') {
    // `{ oldRealm, newRealm }` as one argument.
    const part = of.located && name !== undefined ? world.scope.shape(of.located)?.entries.get(name) : undefined
    if (part) return meaningOf(world, known, part.value, depth + 1)
    // What else was put into an object may be rows.
    return of.located ? undefined : of
  }
  if (of?.kind !== 'row') return undefined
  const target = name !== undefined && of.className !== undefined ? world.targetOf(of.className, name) : undefined
  return target && { kind: target.isMany ? 'rows' : 'row', realm: of.realm, className: target.className }
}

function callOf(
  world: MigrationWorld,
  known: Meanings,
  { value, file }: Located<CallValue>,
  depth: number,
): Meaning | undefined {
  const { callee, args } = value
  const [first] = args
  if (callee.kind !== 'member' || callee.name === undefined) return undefined
  const isCopy = callee.of.kind === 'name' && callee.of.key === undefined && callee.of.name === 'Array'
  if (isCopy && callee.name === 'from' && first) return meaningOf(world, known, { value: first, file }, depth + 1)
  const of = meaningOf(world, known, { value: callee.of, file }, depth + 1)
  if (of?.kind === 'realm') {
    const className = world.classNamed(given(known, first && { value: first, file }))?.text
    if (callee.name === 'objects') return { kind: 'rows', realm: of.realm, className }
    if (callee.name === 'objectForPrimaryKey' || callee.name === 'create')
      return { kind: 'row', realm: of.realm, className }
    return undefined
  }
  if (of?.kind === 'rows') {
    if (narrowing.has(callee.name)) return of
    return picking.has(callee.name) ? { ...of, kind: 'row' } : undefined
  }
  return of?.kind === 'plain' ? of : undefined
}
