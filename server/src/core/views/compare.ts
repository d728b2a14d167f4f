// What differs between two versions of a store, as one picture: what came, what went, what is different, and by which steps.
import type { DiagramChange, DiagramField, DiagramRelation, DiagramView } from '../../../../shared/diagram.ts'
import type { Snapshot, SnapshotStep } from '../baseline/snapshot.ts'
import { arrange, type LastLayouts } from './arrange.ts'
import { drawStore, storeId } from './diagram.ts'
import type { DrawnEntity, DrawnField, DrawnStore } from './drawn.ts'
import { isAsked } from './notes.ts'
import { placeFindings } from './placed-findings.ts'
import type { DiagramSource } from './source.ts'
import { now, snapshotOf } from './versions.ts'

/** Which versions of which store; ids as in `DiagramStore`. */
export interface Comparison {
  readonly store: string
  readonly from: string
  readonly to: string
}

/** One version of the store. */
interface Side {
  readonly entities: ReadonlyMap<string, DrawnEntity>
  readonly complete: boolean
  readonly version?: number
}

/**
 * Draws the store with both versions in one picture. What is not there any more is drawn as well. Where a version could
 * not be read completely, what it seems to lack is not called added or removed. `last` is as in `DiagramOptions`.
 */
export function compareVersions(
  sources: readonly DiagramSource[],
  { store: id, from, to }: Comparison,
  last?: LastLayouts,
): DiagramView {
  const found = sources
    .flatMap(source => source.catalog.stores().map(store => ({ source, store })))
    .find(({ source, store }) => isAsked([id], storeId(source, store), store.name))
  if (!found) return arrange([], { notes: [`There is no store “${id}”.`], steps: [] })
  const { source, store } = found
  const present = drawStore(source, store, placeFindings(source))
  const before = sideOf(found, present, from)
  const after = sideOf(found, present, to)
  if (!before || !after) {
    const missing = before ? to : from
    return arrange([present], { notes: [`There is no version “${missing}” of “${present.name}”.`], steps: [] }, last)
  }
  const names = [...after.entities.keys(), ...[...before.entities.keys()].filter(name => !after.entities.has(name))]
  const entities = names.flatMap(name => entityBetween(before, after, name) ?? [])
  const relations = relationsBetween(present, entities)
  const drawn = { ...present, entities: withKeys(entities, relations), relations }
  const upTo = to === now ? source.catalog.snapshot(store) : snapshotOf(source.catalog, store, to)
  return arrange(
    [drawn],
    {
      notes: notesOf(drawn, before, after),
      steps: upTo && before.version !== undefined ? stepsBetween(upTo, before.version, drawn.terms) : [],
    },
    last,
  )
}

function sideOf(
  { source, store }: { source: DiagramSource; store: Parameters<typeof snapshotOf>[1] },
  present: DrawnStore,
  version: string,
): Side | undefined {
  if (version === now) {
    const entities = new Map(present.entities.map(entity => [entity.name, entity]))
    return { entities, complete: present.complete, ...(present.version !== undefined && { version: present.version }) }
  }
  const snapshot = snapshotOf(source.catalog, store, version)
  if (!snapshot) return undefined
  const entities = snapshot.entities.map(({ name, complete, fields }): [string, DrawnEntity] => [
    name,
    {
      id: `${present.id}/${name}`,
      store: present.id,
      name,
      complete,
      findings: [],
      fields: fields.map(({ name, type, optional = false, indexed = false }) => ({
        name,
        type,
        optional,
        indexed,
        findings: [],
      })),
    },
  ])
  return { entities: new Map(entities), complete: snapshot.complete, version: snapshot.version }
}

function entityBetween(before: Side, after: Side, name: string): DrawnEntity | undefined {
  const [was, is] = [before.entities.get(name), after.entities.get(name)]
  if (!is) return was && after.complete ? { ...was, fields: was.fields.map(asRemoved), change: 'removed' } : undefined
  if (!was) return before.complete ? { ...is, change: 'added' } : is
  const old = new Map(was.fields.map(field => [field.name, field]))
  const kept = new Set(is.fields.map(field => field.name))
  const fields = [
    ...is.fields.map(field => fieldBetween(old.get(field.name), field, was.complete)),
    ...(is.complete ? was.fields.filter(field => !kept.has(field.name)).map(asRemoved) : []),
  ]
  return { ...is, fields, ...(fields.some(field => field.change) && { change: 'changed' }) }
}

function fieldBetween(was: DrawnField | undefined, is: DrawnField, isKnown: boolean): DrawnField {
  if (!was) return isKnown ? { ...is, change: 'added' } : is
  const isSame =
    (was.type === is.type || was.type === undefined || is.type === undefined) &&
    was.optional === is.optional &&
    was.indexed === is.indexed
  return isSame ? is : { ...is, change: 'changed', was: described(was) }
}

const asRemoved = (field: DrawnField): DrawnField => ({ ...field, change: 'removed' })

/** "string, optional, indexed" */
const described = ({ type, optional, indexed }: DiagramField): string =>
  [type ?? 'unknown type', optional && 'optional', indexed && 'indexed'].filter(Boolean).join(', ')

/**
 * The relations that the code has now, as far as both ends are in the picture: snapshots do not tell which there were.
 * One whose key came or went, came or went with it.
 */
function relationsBetween(present: DrawnStore, entities: readonly DrawnEntity[]): readonly DiagramRelation[] {
  const byId = new Map(entities.map(entity => [entity.id, entity]))
  return present.relations.flatMap(relation => {
    const [from, to] = [byId.get(relation.from), byId.get(relation.to)]
    if (!from || !to) return []
    const key = from.fields.find(field => field.name === relation.fromField)
    if (relation.fromField !== undefined && !key) return []
    const changes = [from.change, to.change, key?.change].filter(
      (change): change is DiagramChange => change === 'added' || change === 'removed',
    )
    return [{ ...relation, ...(changes[0] && { change: changes.includes('removed') ? 'removed' : changes[0] }) }]
  })
}

function withKeys(entities: readonly DrawnEntity[], relations: readonly DiagramRelation[]): readonly DrawnEntity[] {
  const keys = new Set(relations.map(({ from, fromField }) => `${from} ${fromField}`))
  return entities.map(entity => ({
    ...entity,
    fields: entity.fields.map(field =>
      field.key === undefined && keys.has(`${entity.id} ${field.name}`) ? { ...field, key: 'foreign' as const } : field,
    ),
  }))
}

function notesOf({ name, entities }: DrawnStore, before: Side, after: Side): readonly string[] {
  const notes: string[] = []
  if (!before.complete || !after.complete)
    notes.push(`Not every entity of “${name}” could be read in both versions: what seems to be missing is not judged.`)
  if (!entities.some(entity => entity.change)) notes.push('Nothing differs between these two versions.')
  return notes
}

/** What migrations do behind version `from`, up to the version of `to`. */
function stepsBetween(to: Snapshot, from: number, terms: DrawnStore['terms']): DiagramView['steps'] {
  return [...to.migrations]
    .filter(({ toVersion }) => toVersion > from && toVersion <= to.version)
    .sort((a, b) => a.toVersion - b.toVersion)
    .flatMap(({ toVersion, steps }) =>
      steps.flatMap(step => stepTexts(step, terms)).map(text => ({ version: toVersion, text })),
    )
}

function stepTexts(step: SnapshotStep, { entity: [entity], field: [field] }: DrawnStore['terms']): readonly string[] {
  switch (step.kind) {
    case 'create-entity':
      return [`create ${entity} ${step.entity}`]
    case 'add-fields':
      return step.fields.map(({ name }) => `add ${field} ${name} to ${step.entity}`)
    case 'sql':
      return [`SQL: ${step.sql.replace(/\s+/g, ' ').trim()}`]
    default:
      return ['a step that could not be read']
  }
}
