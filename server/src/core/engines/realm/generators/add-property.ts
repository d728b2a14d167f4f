// "Add Property": writes a property into a schema, and into the class that stands for it, and raises the version.
import type { Located } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { insertMember } from '../../../write/insert-member.ts'
import { styleOf } from '../../../write/style.ts'
import type { FieldWish, Generated, Generators } from '../../contract.ts'
import { importRealm } from '../models/import-realm.ts'
import { realmName } from '../models/spell-type.ts'
import { exportedName, localName } from '../schema/register-class.ts'
import type { ModelClass, PropertyShape, RealmClass, RealmStore } from '../types.ts'
import { babelType, declarationOf, fieldHabits, fieldText, isTyped, typeText } from './property-text.ts'
import { raiseFor } from './raise-for.ts'
import { shapeOfWish } from './type-wish.ts'

/** Adds a property to a class of any form. */
export const addField: NonNullable<Generators['addField']> = (store, entity, wish, context) => {
  const own = store as RealmStore
  const found = own.class(entity)
  if (!found) return { problem: `There is no object schema "${entity}".` }
  const taken = found.fields.some(field => field.name.text === wish.name || field.persisted.text === wish.name)
  if (taken) return { problem: `"${entity}" has a property "${wish.name}" already.` }
  if (!/^[A-Za-z_$][\w$]*$/.test(wish.name)) return { problem: `"${wish.name}" is no name of a property.` }
  const shape = shapeOfWish(own, wish)
  if ('problem' in shape) return shape
  const written =
    found.form === 'babel'
      ? memberEdits(own, found, shape, wish, context)
      : [...(entryEdits(own, found, shape, wish, context) ?? []), ...fieldEdits(own, found, shape, wish, context)]
  if ('problem' in written) return written
  if (written.length === 0)
    return { problem: `The properties of "${entity}" are not an object literal of its own that can be edited.` }
  const raised = raiseFor(own, [entity], context)
  return {
    edits: [...written, ...raised.edits],
    message: [`Added property "${wish.name}" to "${entity}".`, raised.note, zeroNote(own, entity, shape)]
      .filter(Boolean)
      .join(' '),
    show: written[0]!.file,
  } satisfies Generated
}

/** What is stored for the objects that are there already. */
function zeroNote(
  { baseline, isSync }: RealmStore,
  entity: string,
  { optional, kind, element }: PropertyShape,
): string {
  const isNew = baseline?.snapshots.at(-1)?.entities.every(one => one.name !== entity)
  if (isNew || isSync || optional || element !== undefined || kind === 'object') return ''
  const zero = zeros[kind]
  return zero === undefined ? '' : `Objects that are stored already get ${zero}.`
}

const zeros: Readonly<Record<string, string>> = {
  int: '0',
  float: '0',
  double: '0',
  decimal128: '0',
  bool: 'false',
  string: 'an empty text',
  date: '1970-01-01',
  data: 'no bytes',
  objectId: 'an id of zeros',
  uuid: 'an id of zeros',
}

/** The entry in `properties`; undefined where the object cannot be edited, or is that of another class as well. */
function entryEdits(
  store: RealmStore,
  one: RealmClass,
  shape: PropertyShape,
  { name, indexed }: FieldWish,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const { propertiesValue: object } = one
  const text = object && context.text(object.file)
  if (text === undefined || object?.value.kind !== 'object' || isShared(store, one, object)) return undefined
  const elements = object.value.props.map(prop => prop.at)
  const style = styleOf(text)
  const entry = `${name}: ${declarationOf(shape, indexed, one, style)}`
  return [insertElement({ file: object.file, text, span: object.value.at, elements }, elements.length, entry, style)]
}

const isShared = ({ classes }: RealmStore, one: RealmClass, object: Located): boolean =>
  classes.some(other => other !== one && other.propertiesValue?.value === object.value)

/** The typed field of a class that has a schema of its own. None where its fields are not typed. */
function fieldEdits(
  store: RealmStore,
  { model }: RealmClass,
  shape: PropertyShape,
  { name }: FieldWish,
  context: FixContext,
): readonly TextEdit[] {
  const habits = model && fieldHabits(model)
  const text = model && context.text(model.file)
  if (!model || !habits || text === undefined || !isTyped(model.file)) return []
  if (model.fact.members.some(member => member.name === name)) return []
  const { scope } = store
  const names = classNames(store, model, text, context)
  const type = typeText(shape, realmName(scope, model.file), names.of)
  const line = fieldText(name, shape, type, habits)
  return [...insertFields(model, text, [line]), ...names.edits()]
}

/** A member that the Babel plugin makes a property of. */
function memberEdits(
  store: RealmStore,
  { model, name: { text: entity } }: RealmClass,
  shape: PropertyShape,
  wish: FieldWish,
  context: FixContext,
): readonly TextEdit[] | { readonly problem: string } {
  const text = model && context.text(model.file)
  if (!model || text === undefined) return { problem: `The class of "${entity}" cannot be edited.` }
  const names = classNames(store, model, text, context)
  // The plugin takes the name of the TypeScript class for that of the schema.
  const line = memberText(shape, wish, target => (names.of(target) === target ? target : undefined))
  const imports = line === undefined ? undefined : importsOf(store, model, [line], context)
  if (line === undefined || !imports)
    return { problem: `The Babel plugin has no type for "${wish.type}" in the class of "${entity}".` }
  return [...insertFields(model, text, [line]), ...names.edits(), ...imports]
}

/** The member as it is declared, without a sign behind it; undefined where the plugin has no type for it. */
export function memberText(
  shape: PropertyShape,
  { name, indexed }: FieldWish,
  className: (target: string) => string | undefined,
): string | undefined {
  const type = babelType(shape, className)
  if (type === undefined) return undefined
  const isOptional = shape.optional && shape.element === undefined && shape.kind !== 'object' && shape.kind !== 'mixed'
  const mark = isOptional || shape.kind === 'object' ? '?' : '!'
  return `${indexed ? '@Realm.index\n' : ''}${name}${mark}: ${type}`
}

/** What the members need to be imported; undefined where `Realm` means something else in that file. */
export function importsOf(
  { scope }: RealmStore,
  { file }: ModelClass,
  lines: readonly string[],
  context: FixContext,
): readonly TextEdit[] | undefined {
  return lines.some(line => /Realm\./.test(line)) ? importRealm(scope, file, context) : []
}

/** Behind the last field; lines of a class end as its other lines do. */
export function insertFields({ fact, file }: ModelClass, text: string, lines: readonly string[]): readonly TextEdit[] {
  const properties = fact.members.filter(one => one.kind === 'property')
  const last = properties.filter(one => !one.isStatic).at(-1)
  const sample = last ?? properties[0]
  const isEnded = sample ? text[sample.at.end - 1] === ';' : styleOf(text).semicolon === ';'
  const members = lines.map(line => `${line}${isEnded ? ';' : ''}`)
  return [insertMember({ file, text, fact }, members.join('\n'), last?.at)]
}

/** The names that classes have in the file of a model; those that are asked for and missing are imported. */
function classNames(store: RealmStore, model: ModelClass, text: string, context: FixContext) {
  const wanted = new Map<string, readonly TextEdit[]>()
  return {
    of: (target: string): string | undefined => {
      const found = store.class(target)?.model
      if (!found) return undefined
      const exported = exportedName(store.scope, found.file, found.key)
      const local = localName(store.scope, model.file, text, { file: found.file, key: found.key, exported }, context)
      if (local) wanted.set(target, local.edits)
      return local?.local
    },
    edits: () => [...wanted.values()].flat(),
  }
}
