// "Create migration": writes the steps, bumps the version, and makes and passes the migrations where there are none.
import type { Located } from '../../catalog/scope.ts'
import type { FixContext } from '../../rules/rule.ts'
import type { Edit, TextEdit } from '../../text/edit.ts'
import { dirname } from '../../text/path.ts'
import { addImport } from '../../write/add-import.ts'
import { insertElement } from '../../write/insert-element.ts'
import { indentBlock, quoted, type Style, styleOf } from '../../write/style.ts'
import type { NewStep } from './missing-steps.ts'
import { releasedSnapshot } from './missing-steps.ts'
import type { Adapter, Migration, Migrations, WatermelonStore } from './types.ts'
import { functionsOf, writeEntry, writeStep } from './write-steps.ts'

const migrationsModule = '/Schema/migrations'

/** A migration as edits, and the version it leads to. */
export interface WrittenMigration {
  readonly toVersion: number
  readonly edits: readonly Edit[]
}

/**
 * The edits that give devices `steps`: in the entry of a version that is not released yet, else in a new entry for the
 * next version, with the schema's version raised to it. Undefined where version or migrations cannot be read.
 */
export function writeMigration(
  store: WatermelonStore,
  steps: readonly NewStep[],
  context: FixContext,
): WrittenMigration | undefined {
  const { version } = store
  if (!version) return undefined
  const { migrationsRead } = store
  const open = unreleasedEntry(store)
  if (migrationsRead && open) {
    const edits = appendSteps(store, open, steps, context)
    return edits && { toVersion: version.value, edits }
  }
  const toVersion = version.value + 1
  const bump: TextEdit = {
    file: version.at.file,
    start: version.at.span.start,
    end: version.at.span.end,
    text: String(toVersion),
  }
  const edits = migrationsRead
    ? insertEntry(store, migrationsRead, toVersion, steps, context)
    : createMigrations(store, toVersion, steps, context)
  return edits && { toVersion, edits: [...edits, bump] }
}

/** The edits that add an entry for `toVersion` to existing migrations, in the list's own order. */
export function insertEntry(
  store: WatermelonStore,
  migrations: Migrations,
  toVersion: number,
  steps: readonly NewStep[],
  context: FixContext,
): readonly Edit[] | undefined {
  const list = arrayIn(migrations.listValue, context)
  if (!list) return undefined
  const style = styleOf(list.text)
  const versions = migrations.list.map(one => one.toVersion ?? 0)
  const isDescending = versions.length > 1 && versions[0]! > versions.at(-1)!
  const before = versions.findIndex(one => (isDescending ? one < toVersion : one > toVersion))
  const index = before < 0 ? list.elements.length : before
  const entry = insertElement(list, index, writeEntry(toVersion, steps, style), style)
  return [entry, ...importSteps(store, list.file, list.text, steps, style)]
}

/** The entry that leads to the schema's version, when that version is certainly not released. */
function unreleasedEntry(store: WatermelonStore): Migration | undefined {
  const released = releasedSnapshot(store)
  const version = store.version?.value
  if (!released || version === undefined || store.baseline?.kind !== 'release' || version <= released.version) return undefined
  return store.migrationsRead?.list.find(one => one.toVersion === version)
}

function appendSteps(
  store: WatermelonStore,
  entry: Migration,
  steps: readonly NewStep[],
  context: FixContext,
): readonly Edit[] | undefined {
  const list = arrayIn(entry.stepsEntry && store.scope.follow(entry.stepsEntry.value), context)
  if (!list) return undefined
  const style = styleOf(list.text)
  const written = steps.map(step => writeStep(step, style)).join(`,\n`)
  return [
    insertElement(list, list.elements.length, written, style),
    ...importSteps(store, list.file, list.text, steps, style),
  ]
}

/** A new migrations file beside the schema, given to every adapter that has none. */
function createMigrations(
  store: WatermelonStore,
  toVersion: number,
  steps: readonly NewStep[],
  context: FixContext,
): readonly Edit[] | undefined {
  const { schemaFile } = store
  const schemaText = schemaFile === undefined ? undefined : context.text(schemaFile)
  const adapters = store.adapters.filter(adapter => adapter.complete && !adapter.entries.has('migrations'))
  if (schemaFile === undefined || schemaText === undefined || adapters.length === 0) return undefined
  if (adapters.length !== store.adapters.length) return undefined
  const ending = /\.[cm]?[jt]sx?$/.exec(schemaFile)?.[0].replace('x', '') ?? '.ts'
  const file = `${dirname(schemaFile)}/migrations${ending}`
  if (context.text(file) !== undefined) return undefined
  const style = styleOf(schemaText)
  const given = adapters.map(adapter => passMigrations(store, adapter, file, context))
  if (given.some(edits => edits === undefined)) return undefined
  return [{ file, create: migrationsFile(store, toVersion, steps, style, schemaText) }, ...given.flatMap(edits => edits ?? [])]
}

/** The edits that give an adapter the `migrations` exported by `file`; undefined where its options cannot be edited. */
export function passMigrations(
  store: WatermelonStore,
  adapter: Adapter,
  file: string,
  context: FixContext,
  exported: { readonly name: string; readonly isDefault: boolean } = { name: 'migrations', isDefault: false },
): readonly TextEdit[] | undefined {
  const options = adapter.options?.value
  const home = adapter.options?.file
  const text = home === undefined ? undefined : context.text(home)
  const module = home === undefined ? undefined : store.scope.module(home)
  if (options?.kind !== 'object' || home === undefined || text === undefined || !module) return undefined
  const style = styleOf(text)
  const elements = options.props.map(prop => prop.at)
  const afterSchema = options.props.findIndex(prop => prop.kind === 'named' && prop.name === 'schema') + 1
  const property = exported.name === 'migrations' ? 'migrations' : `migrations: ${exported.name}`
  return [
    insertElement({ file: home, text, span: options.at, elements }, afterSchema || elements.length, property, style, false),
    ...addImport(
      home,
      text,
      module,
      { from: context.specifier(home, file), names: [exported.name], isDefault: exported.isDefault },
      style,
    ),
  ]
}

function migrationsFile(
  store: WatermelonStore,
  toVersion: number,
  steps: readonly NewStep[],
  style: Style,
  schemaText: string,
): string {
  const names = [...functionsOf(steps), 'schemaMigrations'].sort()
  const from = quoted(`${packageOf(store)}${migrationsModule}`, style)
  const space = style.spacedBraces ? ' ' : ''
  const clause = `{${space}${names.join(', ')}${space}}`
  const isCommonJs = /\bmodule\.exports\b|\bexports\.\w+\s*=/.test(schemaText)
  const entry = indentBlock(writeEntry(toVersion, steps, style), style.indent + style.indent)
  const comma = style.trailingComma ? ',' : ''
  const lines = [
    isCommonJs
      ? `const ${clause} = require(${from})${style.semicolon}`
      : `import ${clause} from ${from}${style.semicolon}`,
    '',
    `${isCommonJs ? '' : 'export '}const migrations = schemaMigrations({`,
    `${style.indent}migrations: [`,
    `${style.indent}${style.indent}${entry}${comma}`,
    `${style.indent}]${comma}`,
    `})${style.semicolon}`,
    ...(isCommonJs ? ['', `module.exports = {${space}migrations${space}}${style.semicolon}`] : []),
    '',
  ]
  return lines.join('\n').replaceAll('\n', style.newline)
}

function importSteps(
  store: WatermelonStore,
  file: string,
  text: string,
  steps: readonly NewStep[],
  style: Style,
): readonly TextEdit[] {
  const module = store.scope.module(file)
  if (!module || steps.length === 0) return []
  return addImport(file, text, module, { from: `${packageOf(store)}${migrationsModule}`, names: functionsOf(steps) }, style)
}

/** The package the schema imports from, so that forks stay forks. */
export function packageOf(store: WatermelonStore): string {
  const file = store.schemaFile
  const imports = file === undefined ? [] : (store.scope.module(file)?.imports ?? [])
  const own = imports.find(one => store.library.isWatermelon(one.from))?.from
  return store.library.packages.find(name => own === name || own?.startsWith(`${name}/`)) ?? store.library.packages[0]!
}

interface EditableArray {
  readonly file: string
  readonly text: string
  readonly span: { start: number; end: number }
  readonly elements: readonly { start: number; end: number }[]
}

/** An array literal that can be edited; undefined for anything else. */
export function arrayIn(value: Located | undefined, context: FixContext): EditableArray | undefined {
  const text = value && context.text(value.file)
  if (value?.value.kind !== 'array' || text === undefined) return undefined
  return { file: value.file, text, span: value.value.at, elements: value.value.items.map(item => item.at) }
}
