// What a migration has to do so that the values of a release live on, class by class.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { PropertyShape, RealmStore } from '../types.ts'
import { type Difference, presentClass, releasedClass } from './compare-schemas.ts'
import { type CopyWorld, copyValue, isFilledByItself, memberText, rowInNew, zeroOf } from './copy-value.ts'
import { holdersOf, touchedEmbedded } from './embedded-parts.ts'
import type { SchemaProperty } from './schema-class.ts'
import { allDifferences, isAssigned, migrationOf, stepsSince, type Upgrade } from './upgrade-of.ts'

/** A property and the expression that it is given for `row` of the old realm. */
export interface Assignment {
  readonly property: string
  readonly value: (row: string) => string
  /** False for values that do not depend on the old row. */
  readonly readsOld: boolean
}

/** What is done to the rows of one class. */
export interface ClassPlan {
  /** The released name. */
  readonly from: string
  readonly to: string
  /** True where the class goes by another name now, and every row is created anew. */
  readonly isCreated: boolean
  readonly assignments: readonly Assignment[]
  /** The lowest version of which it is known that it has what is read, where older releases lack it. */
  readonly since: number | undefined
  /** For classes that go by another name: the row that a row of the old realm has become. */
  readonly target?: (row: string) => string
}

/** A migration. */
export interface MigrationPlan {
  readonly classes: readonly ClassPlan[]
  /** Classes whose tables go, in the end. */
  readonly deleted: readonly string[]
  readonly resolvesEmbedded: boolean
  /** What only the author can decide, each a sentence. */
  readonly open: readonly string[]
  /** True when Realm opens the file only with a higher version, or the plan does something. */
  readonly needsBump: boolean
}

/** How a pair of names that looks like a rename is taken. */
export type RenameChoice = 'rename' | 'drop'

/** What is to be written. */
export interface PlanWish {
  readonly renames: RenameChoice
  /** Whether tables of classes that are gone are deleted. */
  readonly deletes: boolean
}

/** The plan from the newest release to what is there now, without what the migration does already. */
export function planMigration(store: RealmStore, upgrade: Upgrade, wish: PlanWish, world: CopyWorld): MigrationPlan {
  const read = migrationOf(store)
  const steps = stepsSince(read === 'unknown' ? (store.migration ?? 'none') : read, upgrade)
  const differences = allDifferences(store, upgrade.released).filter(one => !isAssigned(store, steps, one))
  const open: string[] = []
  const created = differences.flatMap((one): ClassPlan[] => {
    const plan = one.kind === 'class-renamed' ? planCreation(store, upgrade, one, world, open) : []
    return [...plan]
  })
  const changed = planChanges(store, upgrade, differences, wish, world, open)
  const isDeleted = (name: string): boolean =>
    steps.some(step => step.kind === 'delete-model' && step.className === name)
  const deleted = differences.flatMap(({ kind, className, fromClass }) => {
    const name =
      kind === 'class-renamed' ? fromClass! : kind === 'class-removed' && wish.deletes ? className : undefined
    return name === undefined || isDeleted(name) ? [] : [name]
  })
  const toEmbedded = differences.filter(one => one.kind === 'to-embedded')
  const resolves = store.openings.some(one => one.entries.has('migrationOptions'))
  for (const { kind, className } of differences)
    if (kind === 'asymmetric-changed')
      open.push(`"${className}" cannot become asymmetric or stop being so: give the class another name.`)
  const isRefused = differences.some(one => !one.kind.startsWith('class-'))
  return {
    classes: [...created, ...changed],
    deleted,
    resolvesEmbedded: toEmbedded.length > 0 && !resolves,
    open,
    needsBump: isRefused || created.length + changed.length + deleted.length > 0,
  }
}

/** What is assigned to rows of classes that keep their names. */
function planChanges(
  store: RealmStore,
  { released }: Upgrade,
  differences: readonly Difference[],
  wish: PlanWish,
  world: CopyWorld,
  open: string[],
): readonly ClassPlan[] {
  const assigned = new Map<string, { readonly own: Assignment[]; readonly reads: SchemaProperty[] }>()
  const assign = (name: string, from: SchemaProperty | undefined, assignment: Assignment): void => {
    const found = assigned.get(name) ?? { own: [], reads: [] }
    assigned.set(name, found)
    if (found.own.some(one => one.property === assignment.property)) return
    found.own.push(assignment)
    if (from) found.reads.push(from)
  }
  for (const one of differences) {
    const { className, from, fromClass } = one
    if (fromClass !== undefined || store.class(className)?.embedded) continue
    const assignment = planAssignment(one, wish, world, open)
    const wasEmbedded = findEntity(released, className)?.embedded
    if (assignment && wasEmbedded) open.push(`Rows of "${className}" were embedded: assign "${assignment.property}".`)
    else if (assignment) assign(className, from, assignment)
  }
  const touched = touchedEmbedded(store, released, differences)
  for (const { className, from, to } of holdersOf(store, released, touched)) {
    const ends = { from: from.shape!, to: to.shape! }
    const value = (row: string) => copyValue(world, ends, memberText(row, from.persisted, world.quote))
    if (value('row') === undefined)
      open.push(`The objects in "${to.name}" of "${className}" cannot be copied by themselves.`)
    else assign(className, from, { property: to.name, value: row => value(row) ?? '', readsOld: true })
  }
  return [...assigned].map(([name, { own, reads }]) => ({
    from: name,
    to: name,
    isCreated: false,
    assignments: own,
    since: sinceOf(store, name, reads),
  }))
}

/** Differences that are mended by a value, and those that need none. */
function planAssignment(
  difference: Difference,
  wish: PlanWish,
  world: CopyWorld,
  open: string[],
): Assignment | undefined {
  const { kind, className, from, to } = difference
  if (!to?.shape) return undefined
  const shape = to.shape
  const fill = (value: string | undefined): Assignment | undefined =>
    value === undefined ? undefined : { property: to.name, value: () => value, readsOld: false }
  switch (kind) {
    case 'property-added':
      return to.hasDefault && !isFilledByItself(shape) ? fill(world.defaultOf(className, to)) : undefined
    case 'key-added':
    case 'key-moved':
      return undefined
    case 'property-renamed':
      if (wish.renames === 'drop') return fill(world.defaultOf(className, to) ?? emptyOf(shape))
      break
    case 'type-changed':
    case 'made-required':
    case 'key-renamed':
    case 'key-retyped':
      break
    default:
      return undefined
  }
  if (!from?.shape) return undefined
  const ends = { from: from.shape, to: shape, zero: world.defaultOf(className, to) }
  const value = (row: string) => copyValue(world, ends, memberText(row, from.persisted, world.quote))
  if (value('row') === undefined) {
    open.push(`The values of "${from.name}" of "${className}" cannot be converted by themselves: assign "${to.name}".`)
    return undefined
  }
  return { property: to.name, value: row => value(row) ?? '', readsOld: true }
}

const emptyOf = (shape: PropertyShape): string | undefined =>
  shape.kind === 'list' || shape.kind === 'set'
    ? '[]'
    : shape.kind === 'dictionary'
      ? '{}'
      : shape.optional
        ? 'null'
        : zeroOf(shape)

function planCreation(
  store: RealmStore,
  upgrade: Upgrade,
  { className, fromClass }: Difference,
  world: CopyWorld,
  open: string[],
): readonly ClassPlan[] {
  const entity = findEntity(upgrade.released, fromClass ?? '')
  const present = store.class(className)
  if (!entity || !present) return []
  const before = releasedClass(entity)
  const now = presentClass(present)
  if (now.embedded) {
    open.push(`"${before.name}" is embedded: its values are copied with the objects that hold them.`)
    return []
  }
  const links: Assignment[] = []
  const assignments: Assignment[] = []
  for (const [persisted, to] of now.properties) {
    const from = before.properties.get(persisted)
    if (!to.shape) continue
    const value = from?.shape
      ? (row: string) =>
          copyValue(
            world,
            { from: from.shape!, to: to.shape!, zero: world.defaultOf(className, to) },
            memberText(row, persisted, world.quote),
          )
      : () => world.defaultOf(className, to) ?? (isFilledByItself(to.shape!) ? undefined : zeroOf(to.shape!))
    if (value('row') === undefined) {
      if (from) open.push(`The values of "${persisted}" of "${before.name}" cannot be copied by themselves.`)
      continue
    }
    // Rows that are created later cannot be linked to yet.
    const isLater = to.shape.target !== undefined && [...world.renamed.values()].includes(to.shape.target)
    const list = isLater && !world.now(to.shape.target ?? '')?.embedded ? links : assignments
    list.push({ property: to.name, value: row => value(row) ?? '', readsOld: from !== undefined })
  }
  const since = sinceOf(store, before.name, [])
  const plan: ClassPlan = { from: before.name, to: now.name, isCreated: true, assignments, since }
  if (links.length === 0) return [plan]
  const target = (row: string) => rowInNew(world, before, now, row)
  if (target('row') === undefined) return [plan]
  return [plan, { ...plan, isCreated: false, assignments: links, target: row => target(row) ?? '' }]
}

/** The lowest released version from which on the class has all of these properties as they were at last. */
function sinceOf(store: RealmStore, className: string, reads: readonly SchemaProperty[]): number | undefined {
  const snapshots = store.baseline?.snapshots ?? []
  const newest = snapshots.at(-1)
  const holds = (snapshot: (typeof snapshots)[number]): boolean => {
    const entity = findEntity(snapshot, className)
    return (
      entity !== undefined &&
      reads.every(read => {
        const now = findEntity(newest, className)?.fields.find(one => (one.mapTo ?? one.name) === read.persisted)
        return entity.fields.some(one => (one.mapTo ?? one.name) === read.persisted && one.type === now?.type)
      })
    )
  }
  const lacking = snapshots.filter(snapshot => snapshot.complete && !holds(snapshot)).at(-1)
  return lacking && snapshots.find(snapshot => snapshot.version > lacking.version)?.version
}
