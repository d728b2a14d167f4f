// "Create Object Schema": a new class in the file and the form that the realm has most of, listed in its schema.
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { utf8Length } from '../../../text/utf8.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { quoted, type Style, styleOf } from '../../../write/style.ts'
import type { Generated, Generators } from '../../contract.ts'
import { realmName } from '../models/spell-type.ts'
import { registerClass } from '../schema/register-class.ts'
import type { RealmStore } from '../types.ts'
import { names } from '../vocabulary.ts'
import { type KeyLike, keyEntry, keyLike } from './primary-key.ts'
import { babelType, fieldHabits, fieldText, isTyped, typeText } from './property-text.ts'
import { type Neighbour, newName, type SchemaHome, schemaHome } from './schema-home.ts'

/** The longest name of a class in UTF-8 (`Group::validate_table_name` of realm-core, without `class_`). */
const longestName = 57

/** Writes a new class. Realm adds it by itself, so the version stays as it is. */
export const createEntity: NonNullable<Generators['createEntity']> = (store, entity, context) => {
  const own = store as RealmStore
  const problem = nameProblem(own, entity)
  if (problem !== undefined) return { problem }
  const home = schemaHome(own, entity, context)
  if (!home)
    return {
      problem:
        'Nothing tells where an object schema belongs: this realm has none that can be read, or its file exists.',
    }
  return home.neighbour.key === undefined
    ? inTheList(own, entity, home.neighbour, context)
    : declared(own, entity, home, context)
}

function nameProblem(store: RealmStore, entity: string): string | undefined {
  if (store.class(entity)) return `There is an object schema "${entity}" already.`
  if (!/^[A-Za-z_$][\w$]*$/.test(entity) || utf8Length(entity) > longestName)
    return `"${entity}" is no name of an object schema.`
  return names.entity.reserved.includes(entity)
    ? `"${entity}" means something else to Realm or to JavaScript.`
    : undefined
}

/** `schema: [{ name: 'Task', … }]`: another object behind the last. */
function inTheList(store: RealmStore, entity: string, neighbour: Neighbour, context: FixContext): Generated {
  const { schemaValue: list } = store
  if (list?.value.kind !== 'array' || list.file !== neighbour.file) return { problem: notListed }
  const { text } = neighbour
  const style = styleOf(text)
  const elements = list.value.items.map(item => item.at)
  const written = objectText(entity, keyLike(store, 'object', context), style)
  return {
    edits: [insertElement({ file: list.file, text, span: list.value.at, elements }, elements.length, written, style)],
    message: done(entity),
    show: list.file,
  }
}

const notListed = 'The schema list of this realm is no array literal that can be edited.'
const done = (entity: string): string => `Added object schema "${entity}". Realm adds it on phones without a migration.`

function declared(
  store: RealmStore,
  entity: string,
  { neighbour, file, isNew }: SchemaHome,
  context: FixContext,
): Generated {
  const { text, at } = neighbour
  const style = styleOf(text)
  const key = newName(neighbour.key!, neighbour.class.name.text, entity)
  const taken = isNew ? undefined : store.scope.binding(file, key)
  if (taken || (!isNew && new RegExp(`\\b(?:type|interface|enum)\\s+${key.replace(/\$/g, '\\$')}\\b`).test(text)))
    return { problem: `"${key}" means something else in that file.` }
  const statement = statementText(store, entity, key, neighbour, style, context)
  if (statement === undefined)
    return { problem: `The class "${neighbour.class.name.text}" cannot be taken as a pattern.` }
  const isExported = /^export\b/.test(statement)
  const isDefault = /^export default\b/.test(statement)
  if (isDefault && !isNew) return { problem: 'A file has one default export: give the new class a file of its own.' }
  const registered = registerClass(
    store,
    { file, key, exported: isDefault ? 'default' : isExported ? key : undefined },
    context,
  )
  const { newline } = style
  const made: Edit = isNew
    ? { file, create: `${importText(store, neighbour, statement)}${statement}${newline}` }
    : { file, start: at.end, end: at.end, text: `${newline}${newline}${statement}` }
  const note = registered ? '' : ` Add it to the schema yourself: ${notListed}`
  return { edits: [made, ...(registered?.edits ?? [])], message: `${done(entity)}${note}`, show: file }
}

/** `{ name, primaryKey, properties }` */
function objectText(entity: string, key: KeyLike, style: Style): string {
  const { indent, trailingComma } = style
  const comma = trailingComma ? ',' : ''
  return [
    '{',
    `${indent}name: ${quoted(entity, style)},`,
    `${indent}primaryKey: ${quoted(key.name, style)},`,
    `${indent}properties: {`,
    `${indent}${indent}${keyEntry(key, style)}${comma}`,
    `${indent}}${comma}`,
    '}',
  ].join(style.newline)
}

/** The declaration as the neighbour's is written, from its first word to its last. */
function statementText(
  store: RealmStore,
  entity: string,
  key: string,
  { class: like, text, at, file, key: oldKey }: Neighbour,
  style: Style,
  context: FixContext,
): string | undefined {
  const renamed = (part: string) =>
    part.replace(new RegExp(`(?<![\\w$])${oldKey!.replace(/\$/g, '\\$')}(?![\\w$])`, 'g'), () => key)
  const primary = keyLike(store, like.form, context)
  const object = objectText(entity, primary, style)
  const { spec, model } = like
  if (!model)
    return spec && renamed(text.slice(at.start, spec.value.at.start)) + object + text.slice(spec.value.at.end, at.end)
  const { newline, indent } = style
  const { fact } = model
  // Names of properties that `new` requires are those of the neighbour.
  const head = renamed(text.slice(fact.at.start, fact.bodyAt.start).trimEnd()).replace(/<\s*([\w$]+)\s*,[^>]*>/, '<$1>')
  const inside = object.replaceAll(newline, newline + indent)
  const written = fact.members.find(one => one.isStatic && one.name === 'schema')
  const isWithin =
    written && spec?.file === file && written.at.start < spec.value.at.start && spec.value.at.end <= written.at.end
  const end = style.semicolon
  const field = fieldLine(store, primary, like, file)
  const classText = (lines: readonly string[]) =>
    lines.length === 0 ? `${head}}` : `${head}${newline}${lines.map(line => `${indent}${line}${newline}`).join('')}}`
  switch (like.form) {
    case 'babel':
      return classText([
        ...(field === undefined ? [] : [`${field}${end}`]),
        '',
        `static primaryKey = ${quoted(primary.name, style)}${end}`,
      ]).replace(new RegExp(`${newline}[ \\t]+${newline}`, 'g'), newline + newline)
    case 'assigned-schema': {
      const given = fact.assigned.find(one => one.name === 'schema')
      return (
        given &&
        `${classText(field === undefined ? [] : [`${field}${end}`])}${newline}${newline}${key}.schema = ${object}${end}`
      )
    }
    default: {
      const schema = isWithin
        ? text.slice(written.at.start, spec.value.at.start) + inside + text.slice(spec.value.at.end, written.at.end)
        : `static schema${isTyped(file) && realmName(store.scope, file) ? `: ${realmName(store.scope, file)}.ObjectSchema` : ''} = ${inside}${end}`
      return classText([...(field === undefined ? [] : [`${field}${end}`, '']), schema]).replace(
        new RegExp(`${newline}[ \\t]+${newline}`, 'g'),
        newline + newline,
      )
    }
  }
}

/** The field of the key, where the neighbour has typed fields. */
function fieldLine(
  { scope }: RealmStore,
  { name, shape, declared: written }: KeyLike,
  { form, model }: NonNullable<Neighbour['class']>,
  file: string,
): string | undefined {
  if (form === 'babel') {
    const type = babelType(shape, () => undefined)
    return written ?? (type && `${name}!: ${type}`)
  }
  const habits = model && isTyped(file) ? fieldHabits(model) : undefined
  return (
    habits &&
    fieldText(
      name,
      shape,
      typeText(shape, realmName(scope, file), () => undefined),
      habits,
    )
  )
}

/** What the statement uses of the imports of the library that the neighbour's file has. */
function importText({ scope }: RealmStore, { file, text }: Neighbour, statement: string): string {
  const own = scope.module(file)?.imports.filter(one => one.from === 'realm' || one.from === '@realm/react') ?? []
  const style = styleOf(text)
  const isUsed = (name: string) => new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(statement)
  const lines = own.flatMap(one => {
    const used = one.names.filter(name => isUsed(name.local))
    if (used.length === 0) return []
    const lineEnd = text.indexOf('\n', one.at.end)
    const line = text.slice(text.lastIndexOf('\n', one.at.start) + 1, lineEnd < 0 ? text.length : lineEnd).trimEnd()
    const [only] = used
    const isDefaultAlone = used.length === 1 && only?.name === 'default' && one.names.length > 1
    return isDefaultAlone ? `import ${only.local} from ${quoted(one.from, style)}${style.semicolon}` : line
  })
  return lines.length > 0 ? `${lines.join(style.newline)}${style.newline}${style.newline}` : ''
}
