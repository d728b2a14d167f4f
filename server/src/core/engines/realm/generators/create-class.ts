// "Create Model": a class for a plain object schema, which takes its place in the schema list.
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit, TextEdit } from '../../../text/edit.ts'
import { sameSpan } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { type Style, styleOf } from '../../../write/style.ts'
import type { Generated, Generators } from '../../contract.ts'
import { hasPlugin } from '../models/babel-plugin.ts'
import { importRealm } from '../models/import-realm.ts'
import { exportedName, localName } from '../schema/register-class.ts'
import type { RealmClass, RealmStore } from '../types.ts'
import { type FieldHabits, fieldHabits, fieldText, isTyped, safeHabits, typeText } from './property-text.ts'

/** Writes a class behind the constant that holds its schema, which stays, as other code may use it. */
export const createModel: NonNullable<Generators['createModel']> = (store, entity, context) => {
  const own = store as RealmStore
  const found = own.class(entity)
  if (!found) return { problem: `There is no object schema "${entity}".` }
  if (found.form !== 'object') return { problem: `"${entity}" has a class already.` }
  return classFor(own, found, context)
}

function classFor(store: RealmStore, one: RealmClass, context: FixContext): Generated {
  const { scope } = store
  const { spec, name } = one
  const file = spec?.file ?? ''
  const text = context.text(file)
  const bindings = Object.entries(scope.module(file)?.bindings ?? {})
  const own = bindings.find(([, binding]) => binding.value === spec?.value)
  if (text === undefined || !own?.[1].statementAt)
    return { problem: `The object schema "${name.text}" is no constant of its own, beside which a class could stand.` }
  if (hasPlugin(store.project) !== false || hasPlugin(scope.workspace().project(file)) !== false)
    return {
      problem: 'The Babel plugin of Realm writes the schemas of classes itself and refuses one that is written out.',
    }
  const className = name.text
  const isTaken = new RegExp(`\\b(?:type|interface|enum|class)\\s+${className}\\b`).test(text)
  if (!/^[A-Za-z_$][\w$]*$/.test(className) || isTaken || scope.binding(file, className))
    return { problem: `"${className}" means something else in the file of its object schema.` }
  const listed = listEdits(store, one, own[0], className, context)
  const realm = importRealm(scope, file, context)
  if (!listed || !realm)
    return { problem: `The class cannot take the place of the object schema "${className}" in the schema list.` }
  const style = styleOf(text)
  const names = new Map<string, readonly TextEdit[]>()
  const classOf = (target: string) => {
    if (target === className) return className
    const model = store.class(target)?.model
    const exported = model && exportedName(scope, model.file, model.key)
    const found = model && localName(scope, file, text, { file: model.file, key: model.key, exported }, context)
    if (found) names.set(target, found.edits)
    return found?.local
  }
  const written = classText(store, one, own[0], classOf, style)
  const { end } = own[1].statementAt
  const made: Edit = { file, start: end, end, text: `${style.newline}${style.newline}${written}` }
  return {
    edits: [made, ...realm, ...[...names.values()].flat(), ...listed],
    message: `Created class ${className}, which stands in the schema for its object schema.`,
    show: file,
  }
}

function classText(
  store: RealmStore,
  one: RealmClass,
  constant: string,
  classOf: (target: string) => string | undefined,
  { newline, indent, semicolon }: Style,
): string {
  const file = one.spec!.file
  const typed = isTyped(file)
  const className = one.name.text
  const habits = habitsAround(store, file)
  const fields = [...one.properties.values()].flatMap(({ name, shape }) =>
    shape && typed && /^[A-Za-z_$][\w$]*$/.test(name.text)
      ? [fieldText(name.text, shape, typeText(shape, 'Realm', classOf), habits)]
      : [],
  )
  const type = typed ? ': Realm.ObjectSchema' : ''
  const lines = [
    `export class ${className} extends Realm.Object${typed ? `<${className}>` : ''} {`,
    ...fields.map(line => `${indent}${line}${semicolon}`),
    ...(fields.length > 0 ? [''] : []),
    `${indent}static schema${type} = ${constant}${semicolon}`,
    '}',
  ]
  return lines.join(newline)
}

const habitsAround = (store: RealmStore, file: string): FieldHabits => {
  for (const { model } of store.classes) {
    const found = model && fieldHabits(model)
    if (found) return found
  }
  return safeHabits(store.scope.workspace().project(file))
}

/** The edits that list the class where the constant was listed; the constant's import goes where nothing else uses it. */
function listEdits(
  { scope, schemaLists }: RealmStore,
  one: RealmClass,
  constant: string,
  className: string,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const home = one.spec!.file
  const edits: TextEdit[] = []
  for (const { elements } of schemaLists)
    for (const { element, class: stands } of elements) {
      if (stands !== one) continue
      const { file, value } = element
      const text = context.text(file)
      const module = scope.module(file)
      if (text === undefined || !module || value.kind !== 'name') return undefined
      if (edits.some(edit => edit.file === file && sameSpan(edit, value.at))) continue
      edits.push({ file, start: value.at.start, end: value.at.end, text: className })
      if (file === home) continue
      if (Object.hasOwn(module.bindings, className)) return undefined
      const source = module.imports.find(from => from.names.some(name => name.local === value.name))
      const named = source?.names.find(name => name.local === value.name)
      if (!source || !named || named.name === 'default') return undefined
      const uses = text.match(new RegExp(`(?<![\\w$.])${value.name.replace(/\$/g, '\\$')}(?![\\w$])`, 'g')) ?? []
      const isAlone = uses.length === 2 && named.name === value.name && constant === named.name
      if (isAlone && source.from === context.specifier(file, home))
        edits.push({ file, start: named.at.start, end: named.at.end, text: className })
      else
        edits.push(
          ...addImport(file, text, module, { from: context.specifier(file, home), names: [className] }, styleOf(text)),
        )
    }
  return edits.length > 0 ? edits : undefined
}
