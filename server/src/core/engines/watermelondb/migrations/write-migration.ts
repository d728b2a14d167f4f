// "Create migration": writes the steps, bumps the version, and makes and passes the migrations where there are none.
import type { Located } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit, TextEdit } from '../../../text/edit.ts'
import { dirname } from '../../../text/path.ts'
import type { Place } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { indentBlock, quoted, type Style, styleOf } from '../../../write/style.ts'
import type { Migration, Migrations, WatermelonStore } from '../types.ts'
import { chainOf, isReleased, releasedSnapshot } from './missing-steps.ts'
import type { NewStep } from './new-step.ts'
import { passMigrations } from './pass-migrations.ts'
import { giveMigrations, migrationsFor } from './unused-migrations.ts'
import { functionsOf, writeEntry, writeStep } from './write-steps.ts'

const migrationsModule = '/Schema/migrations'

/** A migration as edits, the version it leads to, and the one that the first entry written leads from. */
export interface WrittenMigration {
  readonly fromVersion: number
  readonly toVersion: number
  readonly edits: readonly Edit[]
}

/**
 * The edits that give devices `steps`: in the entry of a version that is not released yet (made where the schema is
 * ahead of its migrations), else in a new entry for the next version, with the schema's version raised to it.
 * Undefined where version or migrations cannot be read.
 */
export function writeMigration(
  store: WatermelonStore,
  steps: readonly NewStep[],
  context: FixContext,
): WrittenMigration | undefined {
  const { version } = store
  if (!version) return undefined
  const unpassed = chainOf(store) === 'none' ? migrationsFor(store) : undefined
  const migrations = store.migrationsRead ?? unpassed?.migrations
  const due = unpassed ? stepsNotIn(unpassed.migrations, steps, releasedSnapshot(store)?.version) : steps
  const { toVersion, firstVersion } = openVersions(store, migrations, version.value)
  const bump: readonly TextEdit[] = toVersion === version.value ? [] : [setVersion(version.at, toVersion)]
  const open = migrations?.list.find(one => one.toVersion === toVersion)
  const entries = entriesBetween(firstVersion, toVersion, due)
  const edits =
    migrations && open
      ? appendSteps(store, open, due, context)
      : migrations
        ? insertEntries(store, migrations, entries, context)
        : createMigrations(store, entries, context)
  const passed = unpassed ? store.adapters.map(adapter => giveMigrations(store, adapter, unpassed, context)) : []
  if (!edits || passed.some(one => one === undefined)) return undefined
  return {
    fromVersion: firstVersion - 1,
    toVersion,
    edits: [...edits, ...passed.flatMap(one => one ?? []), ...bump],
  }
}

/** The steps that migrations which phones have yet to run do not make already. */
function stepsNotIn(
  migrations: Migrations,
  steps: readonly NewStep[],
  released: number | undefined,
): readonly NewStep[] {
  const ahead = migrations.list.filter(one => released === undefined || (one.toVersion ?? 0) > released)
  const made = new Set(
    ahead
      .flatMap(one => one.steps)
      .flatMap(step => {
        if (step.kind === 'create') return [step.table.name.text]
        return step.kind === 'add' ? step.columns.map(column => `${step.table?.text}.${column.name.text}`) : []
      }),
  )
  return steps.flatMap((step): NewStep[] => {
    if (step.kind === 'sql') return [step]
    if (step.kind === 'create') return made.has(step.table) ? [] : [step]
    const columns = step.columns.filter(column => !made.has(`${step.table}.${column.name}`))
    return columns.length > 0 ? [{ ...step, columns }] : []
  })
}

/** The edit that makes `version` the schema's version; `at` is where its number is written. */
export const setVersion = (at: Place, version: number): TextEdit => ({
  file: at.file,
  start: at.span.start,
  end: at.span.end,
  text: String(version),
})

/** A migration to be written. */
export interface NewEntry {
  readonly toVersion: number
  readonly steps: readonly NewStep[]
}

/** Entries from `first` to `last`: empty ones, and `steps` in the last. */
export const entriesBetween = (first: number, last: number, steps: readonly NewStep[]): readonly NewEntry[] =>
  Array.from({ length: Math.max(1, last - first + 1) }, (_, i, toVersion = Math.min(first, last) + i) => ({
    toVersion,
    steps: toVersion === last ? steps : [],
  }))

/** The edits that add an entry for `toVersion` to existing migrations, in the list's own order. */
export const insertEntry = (
  store: WatermelonStore,
  migrations: Migrations,
  toVersion: number,
  steps: readonly NewStep[],
  context: FixContext,
): readonly Edit[] | undefined => insertEntries(store, migrations, [{ toVersion, steps }], context)

/** The edits that add neighbouring entries (lowest version first) to existing migrations, in the list's own order. */
export function insertEntries(
  store: WatermelonStore,
  migrations: Migrations,
  entries: readonly NewEntry[],
  context: FixContext,
): readonly Edit[] | undefined {
  const list = arrayIn(migrations.listValue, context)
  if (!list || list.elements.length !== migrations.list.length) return undefined
  const style = styleOf(list.text)
  const versions = migrations.list.map(one => one.toVersion ?? 0)
  const isDescending = versions.length > 1 && versions[0]! > versions.at(-1)!
  const first = entries[0]?.toVersion ?? 0
  const before = versions.findIndex(one => (isDescending ? one < first : one > first))
  const index = before < 0 ? list.elements.length : before
  const written = entries.map(one => writeEntry(one.toVersion, one.steps, style))
  const block = (isDescending ? written.reverse() : written).join(',\n')
  const steps = entries.flatMap(one => one.steps)
  return [insertElement(list, index, block, style), ...importSteps(store, list.file, list.text, steps, style)]
}

/** The version that new steps may lead to, and the first version that has no entry on the way there. */
function openVersions(
  store: WatermelonStore,
  migrations: Migrations | undefined,
  version: number,
): { readonly toVersion: number; readonly firstVersion: number } {
  const last = migrations?.complete
    ? Math.max(1, ...migrations.list.map(one => one.toVersion ?? Number.POSITIVE_INFINITY))
    : undefined
  const isOpen = isReleased(store, version) === false || (last !== undefined && last < version)
  const toVersion = isOpen ? version : version + 1
  const released = releasedSnapshot(store)?.version
  const covered = last ?? (migrations || !isOpen ? undefined : released)
  return {
    toVersion,
    firstVersion: Math.min(toVersion, covered === undefined || covered >= version ? toVersion : covered + 1),
  }
}

function appendSteps(
  store: WatermelonStore,
  entry: Migration,
  steps: readonly NewStep[],
  context: FixContext,
): readonly Edit[] | undefined {
  if (steps.length === 0) return []
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
  entries: readonly NewEntry[],
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
  return [{ file, create: migrationsFile(store, entries, style, schemaText) }, ...given.flatMap(edits => edits ?? [])]
}

function migrationsFile(
  store: WatermelonStore,
  entries: readonly NewEntry[],
  style: Style,
  schemaText: string,
): string {
  const names = [...functionsOf(entries.flatMap(one => one.steps)), 'schemaMigrations'].sort()
  const from = quoted(`${packageOf(store)}${migrationsModule}`, style)
  const space = style.spacedBraces ? ' ' : ''
  const clause = `{${space}${names.join(', ')}${space}}`
  const isCommonJs = /\bmodule\.exports\b|\bexports\.\w+\s*=/.test(schemaText)
  const written = entries.map(one => writeEntry(one.toVersion, one.steps, style)).join(',\n')
  const block = indentBlock(written, style.indent + style.indent)
  const comma = style.trailingComma ? ',' : ''
  const lines = [
    isCommonJs
      ? `const ${clause} = require(${from})${style.semicolon}`
      : `import ${clause} from ${from}${style.semicolon}`,
    '',
    `${isCommonJs ? '' : 'export '}const migrations = schemaMigrations({`,
    `${style.indent}migrations: [`,
    `${style.indent}${style.indent}${block}${comma}`,
    `${style.indent}]${comma}`,
    `})${style.semicolon}`,
    ...(isCommonJs ? ['', `module.exports = {${space}migrations${space}}${style.semicolon}`] : []),
    '',
  ]
  return lines.join('\n').replaceAll('\n', style.newline)
}

/** The edits that import the functions that steps call from the migrations module. */
export function importSteps(
  store: WatermelonStore,
  file: string,
  text: string,
  steps: readonly NewStep[],
  style: Style,
): readonly TextEdit[] {
  const module = store.scope.module(file)
  if (!module || steps.length === 0) return []
  return addImport(
    file,
    text,
    module,
    { from: `${packageOf(store)}${migrationsModule}`, names: functionsOf(steps) },
    style,
  )
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
