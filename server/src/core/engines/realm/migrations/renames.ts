// Renames of what phones hold: properties go on being stored under the old name, classes are copied.
import type { Edit } from '../../../text/edit.ts'
import type { Generated, Renames } from '../../contract.ts'
import type { RealmClass, RealmStore } from '../types.ts'
import { presentClass } from './compare-schemas.ts'
import { mapToEdit } from './map-to.ts'
import { classDifferences, upgradeOf } from './upgrade-of.ts'
import { writeMigration } from './write-migration.ts'

/** What Realm needs so that a new name keeps the data. */
export const renames: Pick<Renames, 'field' | 'entity'> = {
  field(store, entity, field, _to, context) {
    const own = store as RealmStore
    const property = own.class(entity)?.properties.get(field)
    const released =
      own.class(entity) && presentClass(own.class(entity)!).properties.get(property?.persisted.text ?? '')
    if (!property || !released) return { problem: `"${field}" of "${entity}" is not stored, or cannot be read.` }
    if (property.mapTo) return keptAs(property.mapTo.text, [])
    const origin = linksBackTo(own, entity, field)
    if (origin)
      return { problem: `"${origin}" sees it from the other side by the name that is stored. Rename both by hand.` }
    if (isNeverReleased(own, entity, field)) return { edits: [], message: codeIsLeft }
    if (property.isPrimary)
      return {
        problem: `"${field}" is the primary key, which is stored under its own name. Rename it by hand, then create the migration.`,
      }
    const difference = { kind: 'property-renamed', className: entity, from: released, to: released } as const
    const edits = mapToEdit(own, difference, context)
    return edits ? keptAs(field, edits) : { problem: `The declaration of "${field}" cannot be given "mapTo".` }
  },

  entity(store, entity, to, context) {
    const own = store as RealmStore
    const found = own.class(entity)
    if (!found) return { problem: `The class "${entity}" cannot be read.` }
    if (isNeverReleased(own, entity)) return undefined
    if (own.migration?.calls.some(call => call.className?.text === entity))
      return { problem: `The migration speaks of "${entity}" as it was. Rename it by hand, then create the migration.` }
    const upgrade = upgradeOf(own)
    if (!upgrade)
      return { problem: 'No released schema is known, so no migration can be written that keeps the objects.' }
    if (classDifferences(own, upgrade.released, found).length > 0)
      return { problem: `"${entity}" has changes since ${upgrade.label}. Release them first.` }
    const written = writeMigration(
      renamedStore(own, found, to),
      upgrade,
      { renames: 'rename', deletes: false },
      context,
    )
    if (!written || ![...written.assigned].some(one => one.startsWith(`${to}.`)))
      return { problem: `No migration can be written that keeps the objects of "${entity}".` }
    return {
      edits: written.edits,
      message: [`A migration to version ${written.toVersion} copies the objects.`, ...written.open].join(' '),
      ...(written.show !== undefined && { show: written.show }),
    }
  },
}

const codeIsLeft = 'Code that reads it as a property of an object is left to TypeScript.'

const keptAs = (persisted: string, edits: readonly Edit[]): Generated => ({
  edits,
  message: `It goes on being stored as "${persisted}". ${codeIsLeft}`,
})

/** True where releases are known and none of them has it. */
function isNeverReleased({ baseline }: RealmStore, entity: string, persisted?: string): boolean {
  if (baseline?.kind !== 'release') return false
  return baseline.snapshots.every(
    ({ complete, entities }) =>
      complete &&
      entities.every(
        one =>
          one.name !== entity ||
          (persisted !== undefined &&
            one.complete &&
            one.fields.every(field => (field.mapTo ?? field.name) !== persisted)),
      ),
  )
}

/** The property that shows links by `field` from the other side. */
function linksBackTo(store: RealmStore, entity: string, field: string): string | undefined {
  for (const one of store.classes) {
    const found = one.fields.find(({ shape }) => shape?.origin === field && shape.target === entity)
    if (found) return `${one.name.text}.${found.name.text}`
  }
  return undefined
}

/** The store as it will be, the class and the links to it under the new name. */
function renamedStore(store: RealmStore, found: RealmClass, to: string): RealmStore {
  const from = found.name.text
  const renamed = (one: RealmClass): RealmClass => {
    const fields = one.fields.map(field =>
      field.shape?.target === from ? { ...field, shape: { ...field.shape, target: to } } : field,
    )
    const name = one === found ? { ...one.name, text: to } : one.name
    return { ...one, name, fields, properties: new Map(fields.map(field => [field.name.text, field])) }
  }
  const classes = new Map(store.classes.map(one => [one === found ? to : one.name.text, renamed(one)]))
  return Object.create(store, {
    class: { value: (name: string) => classes.get(name) },
    classNames: { value: () => [...classes.keys()] },
    classes: { value: [...classes.values()] },
  }) as RealmStore
}
