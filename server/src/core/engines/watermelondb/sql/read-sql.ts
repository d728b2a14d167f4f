// Reads what SQL statements do to tables, columns and indexes; honest about everything else.
import { type ParsedStatement, parseSql, type SqlTree } from '../../../sql/parse-sql.ts'
import { foldName, nameOf, type SqlToken, scanSql } from '../../../sql/scan-sql.ts'

/** What one statement does to the shape of a database. Names are as SQLite sees them, without quotes. */
export type SqlStatement =
  /** `columns` is undefined where they cannot be told (`as select`, a virtual table). `ifNotExists` keeps what is there. */
  | {
      readonly kind: 'create-table'
      readonly table: string
      readonly columns: readonly string[] | undefined
      readonly ifNotExists: boolean
      readonly temporary: boolean
    }
  | { readonly kind: 'drop-table'; readonly table: string }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'rename-column'; readonly table: string; readonly column: string; readonly to: string }
  | {
      readonly kind: 'create-index'
      readonly index: string
      readonly table: string
      readonly columns: readonly string[]
    }
  | { readonly kind: 'drop-index'; readonly index: string }
  /** `columns` are those it sets. */
  | { readonly kind: 'update'; readonly table: string; readonly columns: readonly string[] }
  /** Anything that leaves tables, columns and indexes as they are: select, insert, delete, pragma, view, trigger … */
  | { readonly kind: 'other' }

/** The statements of a text, in order; undefined where some part of it cannot be read. Never throws. */
export function readSql(sql: string): readonly SqlStatement[] | undefined {
  const statements: SqlStatement[] = []
  for (const own of parseSql(sql)) {
    const read = readStatement(own, sql)
    if (!read) return undefined
    statements.push(read)
  }
  return statements
}

/** What one statement of `sql` does; undefined where it cannot be read. */
export const readStatement = ({ tree, start, end }: ParsedStatement, sql: string): SqlStatement | undefined =>
  tree ? ofTree(tree) : ofTokens(sql.slice(start, end))

function ofTree(tree: SqlTree): SqlStatement | undefined {
  switch (tree.type) {
    case 'CreateTableStmt': {
      const { body, ifNotExists, temporary, tblName } = tree
      const columns =
        body.type === 'ColumnsAndConstraintsCreateTableBody' ? body.columns.map(one => one.colName.text) : undefined
      return { kind: 'create-table', table: tblName.objName.text, columns, ifNotExists, temporary }
    }
    case 'CreateVirtualTableStmt': {
      const { ifNotExists, tblName } = tree
      return { kind: 'create-table', table: tblName.objName.text, columns: undefined, ifNotExists, temporary: false }
    }
    case 'CreateIndexStmt': {
      const columns = tree.columns.map(({ expr }) => columnIn(expr))
      // A partial index or one over an expression serves other queries: it counts for no column.
      const isPlain = !tree.whereClause && columns.every(column => column !== undefined)
      const table = tree.tblName.text
      return { kind: 'create-index', index: tree.idxName.objName.text, table, columns: isPlain ? columns : [] }
    }
    case 'DropTableStmt':
      return { kind: 'drop-table', table: tree.tblName.objName.text }
    case 'DropIndexStmt':
      return { kind: 'drop-index', index: tree.idxName.objName.text }
    case 'UpdateStmt':
      return {
        kind: 'update',
        table: tree.tblName.objName.text,
        columns: tree.sets.flatMap(({ colNames }) => colNames.map(name => name.text)),
      }
    case 'AlterTableStmt':
      return ofAlter(tree)
    default:
      return { kind: 'other' }
  }
}

function ofAlter({ tblName, body }: Extract<SqlTree, { type: 'AlterTableStmt' }>): SqlStatement | undefined {
  const table = tblName.objName.text
  switch (body.type) {
    case 'RenameToAlterTableBody':
      return { kind: 'rename-table', table, to: body.name.text }
    case 'AddColumnAlterTableBody':
      return { kind: 'add-column', table, column: body.column.colName.text }
    case 'DropColumnAlterTableBody':
      return { kind: 'drop-column', table, column: textOf(body.column) }
    case 'RenameColumnAlterTableBody':
      return { kind: 'rename-column', table, column: textOf(body.old), to: body.new.text }
    default:
      return undefined
  }
}

type CreateIndex = Extract<SqlTree, { type: 'CreateIndexStmt' }>
type IndexedExpr = CreateIndex['columns'][number]['expr']

function columnIn(expr: IndexedExpr): string | undefined {
  if (expr.type === 'CollateExpr') return columnIn(expr.expr)
  return expr.type === 'Id' ? expr.name : undefined
}

const textOf = (name: { readonly text: string } | { readonly name: string }): string =>
  'text' in name ? name.text : name.name

/** Statements that change no table's shape, whatever stands in them. */
const harmless = new Set(
  'select insert replace delete pragma analyze reindex vacuum begin commit end rollback savepoint release explain with values'.split(
    ' ',
  ),
)

/** Of what cannot be parsed, as where a part is made at run time: enough to tell that it leaves all tables as they are. */
function ofTokens(sql: string): SqlStatement | undefined {
  const tokens = scanSql(sql)
  if (tokens.some(token => token.kind === 'broken')) return undefined
  const written = (token: SqlToken | undefined) => (token ? foldName(sql.slice(token.start, token.end)) : '')
  const first = written(tokens[0])
  if (tokens[0]?.kind === 'word' && harmless.has(first)) return { kind: 'other' }
  if (first !== 'update') return undefined
  const at = written(tokens[1]) === 'or' ? 3 : 1
  const name = tokens[at]
  if (name?.kind !== 'word' && name?.kind !== 'quoted') return undefined
  const columns: string[] = []
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const text = written(token)
    if (depth === 0 && text === 'where') break
    if (text === '(') depth++
    if (text === ')') depth--
    const isName = token.kind === 'word' || token.kind === 'quoted'
    if (isName && depth === 0 && written(tokens[index + 1]) === '=')
      columns.push(nameOf(sql.slice(token.start, token.end)))
  }
  return { kind: 'update', table: nameOf(sql.slice(name.start, name.end)), columns }
}
