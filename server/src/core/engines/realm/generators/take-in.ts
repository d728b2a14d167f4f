// Takes what generated code brings along into a realm: its classes into the schema lists, its properties into classes.
import type { FixContext } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { relative } from '../../../text/path.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import type { Brought, Generators } from '../../contract.ts'
import { isMigrated } from '../migrations/upgrade-of.ts'
import type { PropertyShape, RealmClass, RealmStore, SchemaList } from '../types.ts'
import { importsOf, insertFields, memberText } from './add-property.ts'
import { raiseFor } from './raise-for.ts'
import { shapeOfWish } from './type-wish.ts'

/** Edits, the names that they use of the file that is brought along, or why they cannot be written. */
type Part = { readonly edits: readonly TextEdit[]; readonly uses: readonly Use[] } | { readonly problem: string }
type Use = { readonly file: string; readonly name: string }

const nothing: Part = { edits: [], uses: [] }

/** The edits of a whole, or the first reason why there is none. The version is raised where classes of a release change. */
export const takeIn: NonNullable<Generators['takeIn']> = (store, brought, context) => {
  const own = store as RealmStore
  const lists = listParts(own, brought, context)
  const classes = brought.fields.of.map(name => [name, classPart(own, name, brought, context)] as const)
  const parts = [...lists, ...classes.map(([, one]) => one)]
  // What is there already needs nothing that would have to be sure.
  if (lists.length > 0 && parts.every(part => part === nothing)) return { edits: [], message: '' }
  const problem = problemOf(own)
  if (problem !== undefined) return { problem }
  const edits: TextEdit[] = []
  const uses: Use[] = []
  for (const part of parts) {
    if ('problem' in part) return part
    edits.push(...part.edits)
    uses.push(...part.uses)
  }
  const imports = importEdits(own, brought, uses, context)
  if ('problem' in imports) return imports
  const changed = classes.flatMap(([name, part]) => ('edits' in part && part.edits.length > 0 ? [name] : []))
  const raised = changed.length > 0 ? raiseFor(own, changed, context) : undefined
  if (raised?.isLeft) return { problem: 'its "schemaVersion" cannot be raised' }
  const message = ['Its classes and properties are in the schema of the realm.', raised?.note].filter(Boolean).join(' ')
  return {
    edits: [...merged(edits), ...imports, ...(raised?.edits ?? [])],
    message,
    ...(raised?.version !== undefined && { version: raised.version }),
  }
}

function problemOf(store: RealmStore): string | undefined {
  if (store.isSync) return 'Device Sync decides about its schema'
  if (store.inMemory) return 'it is kept in memory'
  if (!store.complete) return 'its configuration or its schema cannot be read completely'
  return isMigrated(store)
    ? undefined
    : 'a configuration of it deletes the file, or only reads it, instead of migrating it'
}

/** One part for each list that some opening gives; a list within another one is enough for both. */
function listParts(store: RealmStore, brought: Brought, context: FixContext): readonly Part[] {
  const { list, file } = brought
  const { schemaLists } = store
  const stranger = list.entities.find(name => store.class(name) && store.class(name)?.spec?.file !== file)
  if (stranger !== undefined) return [{ problem: `it has a class "${stranger}" of its own` }]
  if (schemaLists.length > 1 && schemaLists.some(one => ownItems(one).length === 0))
    return [{ problem: 'it is opened with several schema lists that are made of others' }]
  return schemaLists.map((one): Part => {
    const present = list.entities.filter(name => one.elements.some(element => element.class?.name.text === name))
    if (present.length === list.entities.length) return nothing
    if (present.length > 0) return { problem: `"${present[0]}" is in its schema list, and others of the layer are not` }
    if (schemaLists.some(other => other !== one && isWithin(other, one))) return nothing
    const { value, file: home } = one.value
    const text = context.text(home)
    if (value.kind !== 'array' || text === undefined) return { problem: 'its schema list is not written out as a list' }
    const elements = value.items.map(item => item.at)
    const into = { file: home, text, span: value.at, elements }
    const edit = insertElement(into, elements.length, `...${list.export}`, styleOf(text), false)
    return { edits: [edit], uses: [{ file: home, name: list.export }] }
  })
}

/** True where a list is spread into another one. */
function isWithin(inner: SchemaList, outer: SchemaList): boolean {
  const direct = new Set(ownItems(inner))
  return outer.elements.some(({ element }) => direct.has(element.value))
}

/** The items of a list that are not lists themselves. */
const ownItems = ({ value: { value } }: SchemaList): readonly Value[] =>
  value.kind === 'array' ? value.items.filter(item => item.kind !== 'spread') : []

function classPart(store: RealmStore, name: string, { fields, file }: Brought, context: FixContext): Part {
  const found = store.class(name)
  if (!found) return { problem: `it has no class "${name}"` }
  const shapes = fields.wishes.map(wish => [wish, shapeOfWish(store, wish)] as const)
  const states = shapes.map(([wish, shape]) => stateOf(found, wish.name, shape))
  if (states.every(state => state === 'there')) return nothing
  const other = shapes.find((_, index) => states[index] !== 'missing')?.[0].name
  if (other !== undefined) return { problem: `"${name}" has a property "${other}" of its own` }
  if (found.form !== 'babel') return spreadPart(store, found, fields.export, context)
  const { model } = found
  const text = model && context.text(model.file)
  const lines = shapes.flatMap(([wish, shape]) =>
    'problem' in shape ? [] : (memberText(shape, wish, () => undefined) ?? []),
  )
  const imports = model && importsOf(store, model, lines, context)
  if (!model || !imports || text === undefined || lines.length < shapes.length || model.file === file)
    return { problem: `the class "${name}" cannot be given properties` }
  return { edits: [...insertFields(model, text, lines), ...imports], uses: [] }
}

function stateOf(
  { fields }: RealmClass,
  name: string,
  wanted: PropertyShape | { readonly problem: string },
): 'there' | 'missing' | 'other' {
  const found = fields.find(field => field.name.text === name || field.persisted.text === name)
  if (!found) return 'missing'
  const { shape } = found
  if (!shape || 'problem' in wanted || found.name.text !== name || found.mapTo) return 'other'
  const isSame = shape.kind === wanted.kind && shape.element === wanted.element && shape.optional === wanted.optional
  return isSame ? 'there' : 'other'
}

/** `...trackedProperties` behind the last property. */
function spreadPart(store: RealmStore, one: RealmClass, name: string, context: FixContext): Part {
  const { propertiesValue: object } = one
  const text = object && context.text(object.file)
  const isShared = store.classes.some(other => other !== one && other.propertiesValue?.value === object?.value)
  if (object?.value.kind !== 'object' || text === undefined || isShared)
    return { problem: `the properties of "${one.name.text}" are not an object literal of its own` }
  const elements = object.value.props.map(prop => prop.at)
  const into = { file: object.file, text, span: object.value.at, elements }
  const edit = insertElement(into, elements.length, `...${name}`, styleOf(text))
  return { edits: [edit], uses: [{ file: object.file, name }] }
}

/** One import for each file. */
function importEdits(
  { scope }: RealmStore,
  brought: Brought,
  uses: readonly Use[],
  context: FixContext,
): readonly TextEdit[] | { readonly problem: string } {
  const edits: TextEdit[] = []
  const { root } = scope.workspace().project(brought.file)
  const short = (file: string) => relative(scope.workspace().project(file).root, file).replace(/^\.\//, '')
  for (const file of new Set(uses.map(use => use.file))) {
    const text = context.text(file)
    const module = scope.module(file)
    if (text === undefined || !module) return { problem: `${short(file)} cannot be read` }
    if (scope.workspace().project(file).root !== root)
      return { problem: `${short(file)} belongs to another package than the layer` }
    const names = [...new Set(uses.flatMap(use => (use.file === file ? [use.name] : [])))].sort()
    const from = context.specifier(file, brought.file)
    const leadsThere = (specifier: string) =>
      specifier === from || scope.workspace().resolve(file, specifier).includes(brought.file)
    const present = new Set(
      module.imports
        .filter(one => !one.typeOnly && leadsThere(one.from))
        .flatMap(one => one.names.flatMap(({ name, local }) => (name === local ? [name] : []))),
    )
    const wanted = names.filter(name => !present.has(name))
    const taken = wanted.find(name => Object.hasOwn(module.bindings, name))
    if (taken !== undefined) return { problem: `"${taken}" means something else in ${short(file)}` }
    edits.push(...addImport(file, text, module, { from, names: wanted }, styleOf(text)))
  }
  return edits
}

/** Classes that stand in one file may each have asked for the same import. */
function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const key = ({ file, start, end, text }: TextEdit) => JSON.stringify([file, start, end, text])
  return [...new Map(edits.map(edit => [key(edit), edit])).values()]
}
