// Makes up released Realm classes, rows of them and changes since, with what must be in the rows afterwards.
import fc from 'fast-check'
import type { RealmObjectSchema, RealmValues } from './realm.ts'

type Scalar = 'int' | 'double' | 'string' | 'bool' | 'date'

interface Part {
  readonly name: string
  readonly type: Scalar
  readonly optional: boolean
}

/** A change of one property, by its index among the properties of the class. */
type Edit =
  | {
      readonly kind: 'keep' | 'remove' | 'rename' | 'mapTo' | 'toOptional' | 'toRequired' | 'toList'
      readonly at: number
    }
  | { readonly kind: 'retype'; readonly at: number; readonly to: Scalar }
  | { readonly kind: 'add'; readonly at: number; readonly hasDefault: boolean }

/** A release, its rows and what was changed since. */
export interface RandomRealmUpgrade {
  readonly parts: readonly Part[]
  readonly key: 'none' | 'kept' | 'renamed' | 'retyped'
  readonly isClassRenamed: boolean
  readonly edits: readonly Edit[]
  readonly rows: readonly (readonly [className: string, values: RealmValues])[]
}

// Names that resemble one another in no way, so that each rename is alone with its new name.
const names = ['alpha', 'bravo', 'chess', 'delta', 'epoch']
const renamed = (name: string): string => `${name}Now`
const scalars: readonly Scalar[] = ['int', 'double', 'string', 'bool', 'date']

const part = (name: string): fc.Arbitrary<Part> =>
  fc.record({ name: fc.constant(name), type: fc.constantFrom(...scalars), optional: fc.boolean() })

const edit = (at: number): fc.Arbitrary<Edit> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<Edit>({ kind: 'keep', at }) },
    fc.constantFrom<Edit>(
      { kind: 'remove', at },
      { kind: 'rename', at },
      { kind: 'mapTo', at },
      { kind: 'toOptional', at },
      { kind: 'toRequired', at },
      { kind: 'toList', at },
    ),
    fc.constantFrom(...scalars).map((to): Edit => ({ kind: 'retype', at, to })),
    fc.boolean().map((hasDefault): Edit => ({ kind: 'add', at, hasDefault })),
  )

const valueFor = ({ type, optional }: Part): fc.Arbitrary<unknown> => {
  const values: Record<Scalar, fc.Arbitrary<unknown>> = {
    // This core reads dates before 1970 wrongly, so no number is below 0.
    int: fc.integer({ min: 0, max: 1000 }),
    double: fc.integer({ min: 0, max: 999 }).map(n => n / 4),
    string: fc.constantFrom('', 'text', '12', '3.5', 'true', '2020-01-01', "it's"),
    bool: fc.boolean(),
    date: fc.integer({ min: 0, max: 1e9 }).map(n => new Date(n)),
  }
  return optional ? fc.option(values[type], { nil: null }) : values[type]
}

/** Upgrades of one class of up to five properties, with up to four rows. */
export const randomRealmUpgrade: fc.Arbitrary<RandomRealmUpgrade> = fc
  .record({
    parts: fc.integer({ min: 2, max: 5 }).chain(n => fc.tuple(...names.slice(0, n).map(part))),
    key: fc.constantFrom<RandomRealmUpgrade['key']>('none', 'none', 'kept', 'renamed', 'retyped'),
    isClassRenamed: fc.constantFrom(false, false, false, false, true),
  })
  .chain(({ parts, key, isClassRenamed }) =>
    fc
      .record({
        edits: fc.tuple(...parts.map((_, i) => edit(i))),
        rows: fc.array(fc.tuple(...parts.map(valueFor)), { minLength: 1, maxLength: 4 }),
      })
      .map(({ edits, rows }) => ({
        parts,
        key: isClassRenamed && key !== 'none' ? ('kept' as const) : key,
        isClassRenamed,
        // A class is known again by what it holds.
        edits: isClassRenamed ? edits.map((_, at): Edit => ({ kind: 'keep', at })) : onlyRename(edits, parts),
        rows: rows.map((values, i): [string, RealmValues] => [
          'Thing',
          {
            ...(key !== 'none' && { id: i + 1 }),
            ...Object.fromEntries(parts.map(({ name }, at) => [name, values[at]])),
          },
        ]),
      })),
  )

/** What is removed beside an addition of its type looks like a rename, which it is not: then it stays. */
const onlyRename = (edits: readonly Edit[], parts: readonly Part[]): readonly Edit[] => {
  const added = new Set(
    edits.flatMap(one => (one.kind === 'add' ? ['int'] : one.kind === 'rename' ? [parts[one.at]!.type] : [])),
  )
  return edits.map(one =>
    one.kind === 'remove' && added.has(parts[one.at]!.type) ? { kind: 'keep', at: one.at } : one,
  )
}

const typeOf = ({ type, optional }: Pick<Part, 'type' | 'optional'>): string => `${type}${optional ? '?' : ''}`

/** The released schema and the present one. */
export function schemasOf({
  parts,
  key,
  edits,
  isClassRenamed,
}: RandomRealmUpgrade): [RealmObjectSchema[], RealmObjectSchema[]] {
  const before = Object.fromEntries(parts.map(one => [one.name, typeOf(one)]))
  const now = Object.fromEntries(edits.flatMap(one => declared(one, parts[one.at]!)))
  const keyNow = key === 'renamed' ? '_id' : 'id'
  const released = { name: 'Thing', properties: before }
  const present = { name: isClassRenamed ? 'ThingAnew' : 'Thing', properties: now }
  if (key === 'none') return [[released], [present]]
  return [
    [{ ...released, primaryKey: 'id', properties: { id: 'int', ...before } }],
    [{ ...present, primaryKey: keyNow, properties: { [keyNow]: key === 'retyped' ? 'string' : 'int', ...now } }],
  ]
}

function declared(one: Edit, own: Part): [string, unknown][] {
  const { name, type, optional } = own
  switch (one.kind) {
    case 'remove':
      return []
    case 'rename':
      return [[renamed(name), typeOf(own)]]
    case 'mapTo':
      return [[renamed(name), { type, optional, mapTo: name }]]
    case 'toOptional':
      return [[name, `${type}?`]]
    case 'toRequired':
      return [[name, type]]
    case 'toList':
      return [[name, `${type}[]`]]
    case 'retype':
      return [[name, typeOf({ type: one.to, optional })]]
    case 'add':
      return [
        [name, typeOf(own)],
        [`x${one.at}`, one.hasDefault ? { type: 'int', default: 7 } : 'int'],
      ]
    default:
      return [[name, typeOf(own)]]
  }
}

/** What the fix promises for each row. */
export function expectedRows(upgrade: RandomRealmUpgrade): Readonly<Record<string, readonly RealmValues[]>> {
  const { parts, key, edits, rows, isClassRenamed } = upgrade
  const made = rows.map(([, row]) => ({
    ...(key !== 'none' && { [key === 'renamed' ? '_id' : 'id']: key === 'retyped' ? String(row['id']) : row['id'] }),
    ...Object.fromEntries(edits.flatMap(one => kept(one, parts[one.at]!, row[parts[one.at]!.name]))),
  }))
  return { [isClassRenamed ? 'ThingAnew' : 'Thing']: made }
}

const zeros: Readonly<Record<Scalar, unknown>> = { int: 0, double: 0, string: '', bool: false, date: new Date(0) }

function kept(one: Edit, { name, type, optional }: Part, value: unknown): [string, unknown][] {
  switch (one.kind) {
    case 'remove':
      return []
    case 'rename':
    case 'mapTo':
      return [[renamed(name), value]]
    case 'toRequired':
      return [[name, value ?? zeros[type]]]
    case 'toList':
      return [[name, value === null ? [] : [value]]]
    case 'retype':
      return [
        [
          name,
          one.to === type
            ? value
            : value === null
              ? optional
                ? null
                : zeros[one.to]
              : converted(value, one.to, optional),
        ],
      ]
    case 'add':
      return [
        [name, value],
        [`x${one.at}`, one.hasDefault ? 7 : 0],
      ]
    default:
      return [[name, value]]
  }
}

/** What a person expects of a conversion; what has no meaning in the other type becomes empty. */
function converted(value: unknown, to: Scalar, optional: boolean): unknown {
  const nothing = optional ? null : zeros[to]
  if (to === 'string') return value instanceof Date ? value.toISOString() : String(value)
  if (to === 'date') {
    if (typeof value === 'number') return new Date(value)
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
    return Number.isNaN(time) ? nothing : new Date(time)
  }
  if (to === 'bool') {
    if (typeof value === 'number') return value !== 0
    return typeof value === 'string' ? value === 'true' : nothing
  }
  const number = value instanceof Date ? value.getTime() : Number(value)
  if (Number.isNaN(number)) return nothing
  return to === 'int' ? Math.round(number) : number
}
