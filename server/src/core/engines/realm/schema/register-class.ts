// Puts a class or an object schema into the schema list of a realm.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import type { RealmStore } from '../types.ts'

/** What is to be listed: a top-level name of a file. `exported` is undefined where others cannot import it. */
export interface Listed {
  readonly file: string
  /** The key of its binding. */
  readonly key: string
  /** The exported name; `default` under the name `key`. */
  readonly exported: string | undefined
}

/** The edits that list it, and the name that it has there. */
export interface Registered {
  readonly local: string
  readonly edits: readonly TextEdit[]
}

/** The name under which a file gives a binding to others; a name of its own rather than `default`. */
export function exportedName(scope: Scope, file: string, key: string): string | undefined {
  const names = Object.entries(scope.module(file)?.exports ?? {}).flatMap(([name, one]) =>
    one.kind === 'binding' && one.key === key ? [name] : [],
  )
  return names.find(name => name !== 'default') ?? names[0]
}

/** Registers something in the longest schema list. Undefined where that is no array literal, or the name is taken there. */
export function registerClass(store: RealmStore, listed: Listed, context: FixContext): Registered | undefined {
  const { scope, schemaValue: list } = store
  const text = list && context.text(list.file)
  if (list?.value.kind !== 'array' || text === undefined) return undefined
  const found = localName(scope, list.file, text, listed, context)
  if (!found) return undefined
  const elements = list.value.items.map(item => item.at)
  const written = isListedBySchema(list) ? `${found.local}.schema` : found.local
  const into = { file: list.file, text, span: list.value.at, elements }
  return {
    local: found.local,
    edits: [...found.edits, insertElement(into, elements.length, written, styleOf(text), false)],
  }
}

/** The name that `listed` has, or is given by an import, in a file. */
export function localName(
  scope: Scope,
  file: string,
  text: string,
  { file: home, key, exported }: Listed,
  context: FixContext,
): Registered | undefined {
  if (file === home) return { local: key, edits: [] }
  const module = scope.module(file)
  const known = Object.values(module?.bindings ?? {}).find(one => {
    if (!one.import || one.import.typeOnly) return false
    const target = scope.target({ value: { kind: 'name', name: one.name, key: one.name, at: one.at }, file })
    if (target.kind !== 'value' || target.located.file !== home) return false
    const { value } = target.located
    return value.kind === 'class' ? value.key === key : scope.binding(home, key)?.value === value
  })
  if (known) return { local: known.name, edits: [] }
  const isDefault = exported === 'default'
  const local = isDefault ? key : exported
  if (local === undefined || (module && Object.hasOwn(module.bindings, local))) return undefined
  const wish = { from: context.specifier(file, home), names: [local], isDefault }
  return { local, edits: addImport(file, text, module ?? { imports: [] }, wish, styleOf(text)) }
}

/** True for a list of `Task.schema, Note.schema`. */
function isListedBySchema({ value }: Located): boolean {
  if (value.kind !== 'array') return false
  const own = value.items.filter(item => item.kind === 'member' && item.name === 'schema')
  return own.length * 2 > value.items.length
}
