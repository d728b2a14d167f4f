// Writes a model class for a table: decorators that fit the columns, relations to other tables, associations.
import { indentBlock, quoted, type Style } from '../../../write/style.ts'
import { packageOf } from '../migrations/write-migration.ts'
import type { Column, Table, WatermelonStore } from '../types.ts'
import { camelCase, classNameOf, relationNameOf } from './naming.ts'
import { type AssociationSpec, keyPointingAt, writeAssociation } from './write-association.ts'

/** How a model is to be written, beyond the style of its text. */
export interface ModelWish {
  readonly className?: string
  readonly isDefault?: boolean
  /** Where the class of another table is imported from; without it relations are typed by the library's `Model`. */
  related?(table: string): { readonly name: string; readonly from: string; readonly isDefault: boolean } | undefined
}

/** A decorated property: the names of its decorators, its text up to the name, and its type. */
export interface Member {
  readonly decorators: readonly string[]
  readonly text: string
  readonly type: string
}

/**
 * The source of a model class for `table`. Number columns named like moments become `@date`, key columns of tables that
 * exist `@relation`, tables whose keys point here `@children`; `created_at` and `updated_at` are `@readonly`.
 */
export function writeModel(
  table: Table,
  store: WatermelonStore,
  style: Style,
  language: 'typescript' | 'javascript',
  wish: ModelWish = {},
): string {
  const isTyped = language === 'typescript'
  const name = wish.className ?? classNameOf(table.name.text)
  const columns = [...table.columns.values()].filter(column => column.name.text !== 'id')
  const parents = columns.flatMap(column => {
    const target = targetOf(column, store)
    return target === undefined ? [] : [{ column, target }]
  })
  const children = store.tableNames().flatMap(other => {
    const key = other === table.name.text ? undefined : keyPointingAt(store, table.name.text, other)
    return key === undefined ? [] : [{ table: other, key }]
  })
  const classes = new Map<string, string>()
  const imports: string[] = []
  for (const other of new Set([...parents.map(one => one.target), ...children.map(one => one.table)])) {
    const found = isTyped && other !== table.name.text ? wish.related?.(other) : undefined
    const isFree = found && found.name !== name && ![...classes.values()].includes(found.name)
    classes.set(other, other === table.name.text ? name : isFree ? found.name : 'Model')
    if (found && isFree)
      imports.push(importLine(found.isDefault ? found.name : [found.name], found.from, style, 'import type'))
  }

  const parentOf = new Map(parents.map(one => [one.column, one.target]))
  const members: Member[] = columns.map(column => {
    const target = parentOf.get(column)
    return target === undefined
      ? fieldOf(column, style)
      : relationOf(column, target, classes.get(target) ?? 'Model', style)
  })
  for (const child of children) members.push(childrenOf(child.table, classes.get(child.table) ?? 'Model', style))

  const kinds = [...new Set(members.flatMap(member => member.decorators))].sort()
  const library = packageOf(store)
  const types = isTyped
    ? ['Query', 'Relation'].filter(kind => members.some(member => member.type.startsWith(`${kind}<`)))
    : []
  const header = [
    importLine(['Model'], library, style),
    ...(types.length > 0 ? [importLine(types, library, style, 'import type')] : []),
    ...(kinds.length > 0 ? [importLine(kinds, `${library}/decorators`, style)] : []),
    ...imports.sort(),
  ]
  const specs: AssociationSpec[] = [
    ...parents.map(({ column, target }) => ({ table: target, type: 'belongs_to' as const, key: column.name.text })),
    ...children.map(child => ({ table: child.table, type: 'has_many' as const, key: child.key })),
  ]
  const body = [
    `static table = ${quoted(table.name.text, style)}${style.semicolon}`,
    ...associationsBlock(specs, style, isTyped),
    ...(members.length > 0 ? [''] : []),
    ...members.map(member => `${member.text}${isTyped ? `!: ${member.type}` : ''}${style.semicolon}`),
  ]
  const lines = [
    ...header,
    '',
    `export ${wish.isDefault ? 'default ' : ''}class ${name} extends Model {`,
    `${style.indent}${indentBlock(body.join('\n'), style.indent)}`,
    '}',
    '',
  ]
  return lines.join('\n').replaceAll('\n', style.newline)
}

const typeOf: Readonly<Record<string, string>> = { number: 'number', boolean: 'boolean' }

/** The property that shows a column as what it is. */
export function fieldOf(column: Column, style: Style): Member {
  const name = column.name.text
  const type = column.type?.text ?? 'string'
  const isMoment = type === 'number' && /(?:_at|At)$/.test(name)
  const isKey = /(?:_id|Id)$/.test(name)
  const decorator = isMoment ? 'date' : type === 'string' && !isKey ? 'text' : 'field'
  const isTouched = name === 'created_at' || name === 'updated_at'
  return {
    decorators: isTouched ? [decorator, 'readonly'] : [decorator],
    text: `${isTouched ? '@readonly ' : ''}@${decorator}(${quoted(name, style)}) ${propertyName(name)}`,
    type: `${isMoment ? 'Date' : (typeOf[type] ?? 'string')}${column.optional ? ' | null' : ''}`,
  }
}

/** The property that leads to the record whose id a key column holds. */
export const relationOf = (column: Column, target: string, className: string, style: Style): Member => ({
  decorators: ['relation'],
  text: `@relation(${quoted(target, style)}, ${quoted(column.name.text, style)}) ${propertyName(relationNameOf(column.name.text))}`,
  type: `Relation<${className}>`,
})

/** The property that leads to the records of another table that point here. */
export const childrenOf = (table: string, className: string, style: Style): Member => ({
  decorators: ['children'],
  text: `@children(${quoted(table, style)}) ${camelCase(table)}`,
  type: `Query<${className}>`,
})

/** Names that the library's `Model` has itself. */
const taken = new Set([
  'collection',
  'collections',
  'database',
  'db',
  'update',
  'asModel',
  'table',
  'observe',
  'batch',
  'constructor',
  'syncStatus',
])

const propertyName = (column: string): string => {
  const name = camelCase(column)
  return taken.has(name) ? `${name}Value` : name
}

/** The table that a key column points at: `author_id` at `authors`, `post_id` at `posts`. */
export function targetOf(column: Column, store: WatermelonStore): string | undefined {
  const name = column.name.text
  if (column.type?.text !== 'string' || !/(?:_id|Id)$/.test(name)) return undefined
  const wanted = classNameOf(relationNameOf(name))
  return store.tableNames().find(table => classNameOf(table) === wanted)
}

function associationsBlock(specs: readonly AssociationSpec[], style: Style, isTyped: boolean): string[] {
  // One association per other table can exist: the first one wins.
  const byTable = new Map<string, AssociationSpec>()
  for (const spec of specs) if (!byTable.has(spec.table)) byTable.set(spec.table, spec)
  if (byTable.size === 0) return []
  const entries = [...byTable.values()].map(spec => style.indent + writeAssociation(spec, style))
  const comma = style.trailingComma ? ',' : ''
  return [
    '',
    'static associations = {',
    `${entries.join(',\n')}${comma}`,
    `}${isTyped ? ' as const' : ''}${style.semicolon}`,
  ]
}

/** An import of named exports, or of the default export where `names` is one text. */
function importLine(names: readonly string[] | string, from: string, style: Style, keyword = 'import'): string {
  const space = style.spacedBraces ? ' ' : ''
  const clause = typeof names === 'string' ? names : `{${space}${names.join(', ')}${space}}`
  return `${keyword} ${clause} from ${quoted(from, style)}${style.semicolon}`
}
