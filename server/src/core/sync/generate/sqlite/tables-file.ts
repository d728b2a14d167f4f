// `tables.ts` of a layer over SQLite: which tables and columns are synced, and the types of their rows.
import type { LayerFile, SyncEntity, SyncSchema } from '../layer.ts'
import { literal, propertyName } from '../names.ts'

/** The file; it follows the schema. */
export function tablesFile({ entities }: SyncSchema): LayerFile {
  const numbered = hasNumbers(entities)
  const type = numbered ? 'CountedTable' : 'SyncedTable'
  const text = `// The tables that are synced, parents before their children.
import type { ${type} } from './core/${numbered ? 'sqlite-ids' : 'sqlite-tables'}'
${numbered ? "import type { Entities } from './entities'\n" : ''}
export const tables: readonly ${type}[] = [
${entities.map(entity => tableOf(entity, numbered)).join('\n')}
]
${numbered ? rowTypes(entities) : ''}`
  return { path: 'tables.ts', text, followsSchema: true }
}

function tableOf({ name, key, fields, parents, isNumbered = false }: SyncEntity, marked: boolean): string {
  const columns = fields.map(field => {
    const kind = field.type === 'boolean' || field.type === 'json' ? field.type : 'plain'
    return `      ${propertyName(field.name)}: '${kind}',`
  })
  const references = parents.map(parent => `${propertyName(parent.field)}: ${literal(parent.entity)}`)
  return `  {
    entity: ${literal(name)},
    key: ${literal(key)},${marked ? `\n    isNumbered: ${isNumbered},` : ''}
    columns: {
${columns.join('\n')}
    },
    parents: {${references.length === 0 ? '' : ` ${references.join(', ')} `}},
  },`
}

/** True where some table has numbers for keys. */
export const hasNumbers = (entities: readonly SyncEntity[]): boolean => entities.some(entity => entity.isNumbered)

/** The types by which the app edits its rows: the numbers are its own, records have ids in their place. */
function rowTypes(entities: readonly SyncEntity[]): string {
  const isNumbered = (name: string) => entities.some(one => one.name === name && one.isNumbered)
  const rows = entities.map(({ name, fields }) => {
    const own = fields.filter(({ refersTo }) => refersTo !== undefined && isNumbered(refersTo))
    const record = `Entities[${literal(name)}]`
    if (own.length === 0) return `  ${propertyName(name)}: ${record}`
    const numbers = own.map(one => `${propertyName(one.name)}: number${one.optional ? ' | null' : ''}`)
    const names = own.map(one => literal(one.name)).join(' | ')
    return `  ${propertyName(name)}: Omit<${record}, ${names}> & { ${numbers.join('; ')} }`
  })
  return `
/** The rows as the app has them: a column that refers to a numbered row holds its number, where the record has an id. */
export interface Rows {
${rows.join('\n')}
}

/** The keys of the rows. A number means a row of this device alone; the server and other devices know its record by an id. */
export interface Keys {
${entities.map(({ name, isNumbered }) => `  ${propertyName(name)}: ${isNumbered ? 'number' : 'string'}`).join('\n')}
}
`
}
