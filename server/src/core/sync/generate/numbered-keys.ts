// References to records whose keys are numbers of one device: what of them may cross the line.
import type { Entity, Field } from '../../catalog/catalog.ts'
import type { Relation } from '../../catalog/mention.ts'
import type { NumberedKeys } from './layer.ts'
import { typeNameOf } from './names.ts'

/** What an entity refers to, of the whole store. */
export interface References {
  readonly numbers: NumberedKeys
  readonly entities: readonly Entity[]
  readonly relations: readonly Relation[]
}

/**
 * Why the entity cannot be synced because of a field that holds numbers which mean other records elsewhere; undefined
 * where it can. `names` are those of the entities that are synced.
 */
export function numberProblem(entity: Entity, names: ReadonlySet<string>, about: References): string | undefined {
  for (const field of entity.fields) {
    const name = field.name.text
    const target = targetOf(entity, field, about)
    if (target === undefined) {
      const like = undeclared(entity, field, about)
      if (like !== undefined)
        return `its column \`${name}\` seems to hold numbers of ${like}, which mean other rows elsewhere; say so by a foreign key`
    } else if (field.isPrimary) return `its key \`${name}\` is the number of a row of ${target}`
    else if (!names.has(target) && !field.optional)
      return `its column \`${name}\` holds numbers of ${target}, which stay on this device`
  }
  return undefined
}

/** True for a field that holds numbers of what is not synced: it stays on the device. */
export function isNumberOfNobody(entity: Entity, field: Field, names: ReadonlySet<string>, about: References): boolean {
  const target = targetOf(entity, field, about)
  return target !== undefined && !names.has(target)
}

/** The numbered entity whose keys the field holds. */
function targetOf(entity: Entity, field: Field, { numbers, entities, relations }: References): string | undefined {
  const found = relations.filter(one => one.from === entity.name.text && one.field === field.name.text)
  return entities.find(
    other =>
      numbers.has(other) &&
      found.some(one => one.to === other.name.text) &&
      numbers.holdsKey(entity, field.name.text, other),
  )?.name.text
}

/** The numbered entity that the field is named after, without a foreign key that says it: `journal_id` for `journals`. */
function undeclared(entity: Entity, field: Field, { numbers, entities, relations }: References): string | undefined {
  const stem = /^(.+?)(?:_id|Id|_ID|ID)$/.exec(field.name.text)?.[1]
  if (stem === undefined || field.isPrimary || !numbers.mayHold(field)) return undefined
  if (relations.some(one => one.from === entity.name.text && one.field === field.name.text)) return undefined
  return entities.find(other => numbers.has(other) && typeNameOf(other.name.text) === typeNameOf(stem))?.name.text
}
