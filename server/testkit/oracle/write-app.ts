// Writes whole apps in many styles of code, from what their schema and migrations are to say.
import type { SnapshotField, SnapshotStep } from '../../src/core/baseline/snapshot.ts'
import type { Shape } from './app-of-snapshot.ts'

/** How an app's source is written. */
export interface Habits {
  readonly language: 'ts' | 'js' | 'commonjs'
  readonly quote: "'" | '"'
  readonly semicolon: ';' | ''
  readonly indent: '  ' | '    ' | '\t'
  readonly newline: '\n' | '\r\n'
  readonly trailingComma: boolean
  readonly spacedBraces: boolean
  /** Where tables stand: in the list, in constants before it, or each in a file of its own. */
  readonly tables: 'inline' | 'constants' | 'files'
  /** Where migrations stand: in the list, in a constant list, or each in a file of its own. */
  readonly migrations: 'inline' | 'constant' | 'files'
  readonly newestFirst: boolean
  /** The version as a number in the schema, as a constant of its file, or of another file. */
  readonly version: 'literal' | 'constant' | 'imported'
  /** Schema, migrations and database in one file. */
  readonly isOneFile: boolean
  /** The adapter's options in a constant of their own. */
  readonly namedOptions: boolean
  /** Steps and columns over several lines. */
  readonly isWide: boolean
}

/** An app whose source is to be written; without `migrations` its adapter gets none. */
export interface AppPlan {
  readonly shape: Shape
  readonly migrations: readonly { readonly toVersion: number; readonly steps: readonly SnapshotStep[] }[] | undefined
}

interface Module {
  readonly imports: Map<string, { names: string[]; default?: string }>
  readonly lines: string[]
  readonly exported: string[]
}

const library = '@nozbe/watermelondb'
const migrationsModule = `${library}/Schema/migrations`

/** The files of the app; `src/db/index` makes `adapter` and `database`. */
export function writeApp({ shape, migrations }: AppPlan, habits: Habits): Record<string, string> {
  const { indent, newline } = habits
  const modules = new Map<string, Module>()
  const moduleOf = (path: string): Module => {
    const real = habits.isOneFile ? 'src/db/index' : path
    const found: Module = modules.get(real) ?? { imports: new Map(), lines: [], exported: [] }
    modules.set(real, found)
    return found
  }
  const text = (value: string) => habits.quote + value + habits.quote
  const list = (open: string, items: readonly string[], close: string, isFlat: boolean): string => {
    const space = open.endsWith('{') && habits.spacedBraces ? ' ' : ''
    if (items.length === 0) return open + close
    if (isFlat) return `${open}${space}${items.join(', ')}${space}${close}`
    const lines = items.map(item => indent + item.replaceAll('\n', `\n${indent}`))
    return `${open}\n${lines.join(',\n')}${habits.trailingComma ? ',' : ''}\n${close}`
  }
  const need = (module: Module, from: string, ...names: string[]) => {
    const known = module.imports.get(from) ?? { names: [] }
    known.names.push(...names.filter(name => !known.names.includes(name)))
    module.imports.set(from, known)
  }
  /** Makes a constant in the file at `path`, and lets the file at `user` use it. */
  const define = (path: string, name: string, value: string, user: string) => {
    const home = moduleOf(path)
    home.lines.push(`${habits.language === 'commonjs' ? '' : 'export '}const ${name} = ${value}${habits.semicolon}`)
    home.exported.push(name)
    if (moduleOf(user) !== home) need(moduleOf(user), `./${path.slice('src/db/'.length)}`, name)
  }
  const column = ({ name, type, optional, indexed }: SnapshotField) =>
    list(
      '{',
      [
        `name: ${text(name)}`,
        `type: ${text(type)}`,
        ...(optional ? ['isOptional: true'] : []),
        ...(indexed ? ['isIndexed: true'] : []),
      ],
      '}',
      true,
    )
  const spec = (key: string, name: string, fields: readonly SnapshotField[], isFlat: boolean) =>
    list('{', [`${key}: ${text(name)}`, `columns: ${list('[', fields.map(column), ']', isFlat)}`], '}', isFlat)
  const step = (one: SnapshotStep, module: Module): string => {
    if (one.kind === 'create-entity') {
      need(module, migrationsModule, 'createTable')
      return `createTable(${spec('name', one.entity, one.fields, !habits.isWide)})`
    }
    if (one.kind !== 'add-fields') throw new Error(`${one.kind} is not written`)
    need(module, migrationsModule, 'addColumns')
    return `addColumns(${spec('table', one.entity, one.fields, !habits.isWide)})`
  }

  const schemaFile = 'src/db/schema'
  if (habits.version === 'constant') define(schemaFile, 'schemaVersion', String(shape.version), schemaFile)
  if (habits.version === 'imported') define('src/db/version', 'schemaVersion', String(shape.version), schemaFile)
  const tables = shape.entities.map(({ name, fields }) => {
    const constant = `${name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}Table`
    const home = habits.tables === 'files' ? `src/db/tables/${name}` : schemaFile
    const value = `tableSchema(${spec('name', name, fields, false)})`
    need(moduleOf(home), library, 'tableSchema')
    if (habits.tables === 'inline') return value
    define(home, constant, value, schemaFile)
    return constant
  })
  need(moduleOf(schemaFile), library, 'appSchema')
  const version = habits.version === 'literal' ? String(shape.version) : 'schemaVersion'
  const tableList = list('[', tables, ']', habits.tables !== 'inline' && !habits.isWide)
  define(
    schemaFile,
    'schema',
    `appSchema(${list('{', [`version: ${version}`, `tables: ${tableList}`], '}', false)})`,
    'src/db/index',
  )

  if (migrations) {
    const file = 'src/db/migrations'
    const entries = migrations.map(({ toVersion, steps }) => {
      const home = habits.migrations === 'files' ? `src/db/migrations/v${toVersion}` : file
      const written = steps.map(one => step(one, moduleOf(home)))
      const isFlat = !habits.isWide && !written.join().includes('\n')
      const stepList = list('[', written, ']', isFlat)
      const entry = list('{', [`toVersion: ${toVersion}`, `steps: ${stepList}`], '}', isFlat)
      if (habits.migrations !== 'files') return entry
      define(home, `v${toVersion}`, entry, file)
      return `v${toVersion}`
    })
    const ordered = list('[', habits.newestFirst ? entries.reverse() : entries, ']', habits.migrations === 'files')
    need(moduleOf(file), migrationsModule, 'schemaMigrations')
    if (habits.migrations === 'constant') define(file, 'list', ordered, file)
    const value = `migrations: ${habits.migrations === 'constant' ? 'list' : ordered}`
    define(file, 'migrations', `schemaMigrations(${list('{', [value], '}', false)})`, 'src/db/index')
  }

  const index = moduleOf('src/db/index')
  index.imports.set(`${library}/adapters/sqlite`, { names: [], default: 'SQLiteAdapter' })
  need(index, library, 'Database')
  const options = list('{', ['schema', ...(migrations ? ['migrations'] : [])], '}', !habits.isWide)
  if (habits.namedOptions) define('src/db/index', 'options', options, 'src/db/index')
  define('src/db/index', 'adapter', `new SQLiteAdapter(${habits.namedOptions ? 'options' : options})`, 'src/db/index')
  define(
    'src/db/index',
    'database',
    `new Database(${list('{', ['adapter', 'modelClasses: []'], '}', true)})`,
    'src/db/index',
  )

  const print = ({ imports, lines, exported }: Module): string => {
    const importLines = [...imports].map(([from, wish]) => {
      const names = wish.default ?? list('{', wish.names, '}', true)
      if (habits.language === 'commonjs')
        return `const ${names} = require(${text(from)})${wish.default ? '.default' : ''}${habits.semicolon}`
      return `import ${names} from ${text(from)}${habits.semicolon}`
    })
    const ending =
      habits.language === 'commonjs' ? [`module.exports = ${list('{', exported, '}', true)}${habits.semicolon}`] : []
    return `${[importLines.join('\n'), ...lines, ...ending].filter(Boolean).join('\n\n')}\n`.replaceAll('\n', newline)
  }
  const extension = habits.language === 'ts' ? 'ts' : 'js'
  return Object.fromEntries([...modules].map(([path, module]) => [`${path}.${extension}`, print(module)]))
}
