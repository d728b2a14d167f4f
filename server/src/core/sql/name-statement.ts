// The names in one statement, by its kind.
import type {
  AlterTableStmt,
  As,
  ColumnDefinition,
  CreateTableStmt,
  CreateTriggerStmt,
  ForeignKeyClause,
  FromClause,
  Id,
  Name,
  NamedTableConstraint,
  QualifiedName,
  ResultColumn,
  SetAssignment,
  Stmt,
  TriggerCmd,
  Upsert,
  With,
} from 'sqlite3-parser'
import { createSelectNames, type Environment, type Reading, type SelectNames } from './name-select.ts'
import { foldName } from './scan-sql.ts'
import type { SqlName } from './sql-name.ts'
import { columnsOf, newScope, type Scope, type Source, sourceOf } from './sql-scope.ts'
import type { SqlTable } from './sql-world.ts'

/** The names of a statement; in no order. */
export function nameStatement(statement: Stmt, reading: Reading): readonly SqlName[] {
  const names: SqlName[] = []
  const select = createSelectNames(reading, names)
  nameOne(statement, select)
  return names
}

function nameOne(statement: Stmt, select: SelectNames): void {
  switch (statement.type) {
    case 'SelectStmt':
      select.query(statement.body, undefined, undefined)
      return
    case 'InsertStmt': {
      const env = select.environment(statement.with, undefined, undefined)
      const { select: body, upsert } =
        statement.body.type === 'SelectInsertBody' ? statement.body : { select: undefined, upsert: undefined }
      const scope = nameInsert({ ...statement, colNames: statement.columns, upsert }, select, undefined, env)
      if (body) select.query(body, undefined, env)
      nameReturning(statement.returning, scope, select, env)
      return
    }
    case 'UpdateStmt':
      nameUpdate(statement, select, undefined)
      return
    case 'DeleteStmt': {
      const env = select.environment(statement.with, undefined, undefined)
      const scope = newScope(undefined, [nameTarget(statement.tblName, select)])
      for (const part of [statement.whereClause, ...(statement.orderBy ?? []), statement.limit])
        select.expression(part, scope, env)
      select.indexedBy(statement.indexed)
      nameReturning(statement.returning, scope, select, env)
      return
    }
    case 'ExplainStmt':
      nameOne(statement.stmt, select)
      return
    case 'CreateTableStmt':
      nameCreateTable(statement, select)
      return
    case 'CreateViewStmt': {
      const view = statement.viewName.objName
      select.emit(view, { kind: 'table', role: 'defines', table: view.text })
      const makes = statement.columns ? undefined : view.text
      for (const { colName } of statement.columns ?? []) defineColumn(colName, view.text, select)
      select.query(statement.select, undefined, undefined, makes)
      return
    }
    case 'CreateVirtualTableStmt':
      select.emit(statement.tblName.objName, { kind: 'table', role: 'defines', table: statement.tblName.objName.text })
      return
    case 'CreateIndexStmt': {
      const table = select.table(statement.tblName)
      const known = table?.name
      select.emit(statement.idxName.objName, { kind: 'index', role: 'defines', ...(known && { table: known }) })
      const scope = newScope(undefined, [table ? sourceOf(table) : unknownSource])
      for (const part of [...statement.columns, statement.whereClause]) select.expression(part, scope, undefined)
      return
    }
    case 'CreateTriggerStmt':
      nameTrigger(statement, select)
      return
    case 'AlterTableStmt':
      nameAlter(statement, select)
      return
    case 'DropTableStmt':
      select.table(statement.tblName.objName)
      return
    case 'DropViewStmt':
      select.table(statement.viewName.objName)
      return
    case 'DropIndexStmt':
      select.emit(statement.idxName.objName, { kind: 'index', role: 'refers' })
      return
    case 'DropTriggerStmt':
      select.emit(statement.triggerName.objName, { kind: 'trigger', role: 'refers' })
      return
    case 'AnalyzeStmt':
    case 'ReindexStmt':
      if (statement.objName) select.table(statement.objName.objName)
      return
    case 'PragmaStmt': {
      const value = statement.body?.value
      const isOfTable = /^(?:table_x?info|index_list|foreign_key_(?:list|check))$/i.test(statement.name.objName.text)
      if (isOfTable && value && (value.type === 'Id' || value.type === 'NameExpr')) {
        select.table(value.type === 'Id' ? value : value.name)
      }
    }
  }
}

const unknownSource: Source = { kind: 'special', columns: undefined }

/** `main` and `temp` hold what is known; other databases are attached. */
const isOwn = ({ dbName }: QualifiedName): boolean => !dbName || /^(?:main|temp)$/i.test(dbName.text)

/** The table that a statement changes, with its alias. */
function nameTarget(target: QualifiedName, select: SelectNames): Source {
  const table = isOwn(target) ? select.table(target.objName) : undefined
  const { alias } = target
  if (alias) select.emit(alias, { kind: 'alias', role: 'defines', ...(table && { table: table.name }) })
  const name = alias && { name: alias.text, definedAt: select.spanOf(alias) }
  return table ? sourceOf(table, name) : { ...unknownSource, name: foldName((alias ?? target.objName).text) }
}

interface Insert {
  readonly tblName: QualifiedName
  readonly colNames: readonly Name[] | undefined
  readonly upsert: Upsert | undefined
}

function nameInsert(insert: Insert, select: SelectNames, outer: Scope | undefined, env: Environment): Scope {
  const target = nameTarget(insert.tblName, select)
  const scope = newScope(outer, [target])
  for (const name of insert.colNames ?? []) writeColumn(name, target, select)
  const excluded: Source = { kind: 'special', name: 'excluded', columns: target.columns }
  for (let upsert = insert.upsert; upsert; upsert = upsert.next) {
    for (const part of [...(upsert.index?.targets ?? []), upsert.index?.whereClause])
      select.expression(part, scope, env)
    if (upsert.doClause.type !== 'SetUpsertDo') continue
    // A plain name is a column of the table, never one of the row that was refused.
    const inner = newScope(newScope(outer, [excluded]), [target])
    nameSets(upsert.doClause.sets, target, inner, select, env)
    select.expression(upsert.doClause.whereClause, inner, env)
  }
  return scope
}

interface Update {
  readonly tblName: QualifiedName
  readonly sets: readonly SetAssignment[]
  readonly from: FromClause | undefined
  readonly whereClause: Extract<Stmt, { type: 'UpdateStmt' }>['whereClause']
  readonly with?: With | undefined
  readonly indexed?: Extract<Stmt, { type: 'UpdateStmt' }>['indexed']
  readonly returning?: readonly ResultColumn[] | undefined
  readonly orderBy?: Extract<Stmt, { type: 'UpdateStmt' }>['orderBy']
  readonly limit?: Extract<Stmt, { type: 'UpdateStmt' }>['limit']
}

function nameUpdate(update: Update, select: SelectNames, outer: Scope | undefined): void {
  const env = select.environment(update.with, outer, undefined)
  const target = nameTarget(update.tblName, select)
  const scope = newScope(outer, [target])
  if (update.from) select.from(update.from, scope, env)
  nameSets(update.sets, target, scope, select, env)
  select.indexedBy(update.indexed)
  for (const part of [update.whereClause, ...(update.orderBy ?? []), update.limit]) select.expression(part, scope, env)
  nameReturning(update.returning, newScope(outer, [target]), select, env)
}

function nameSets(sets: readonly SetAssignment[], target: Source, scope: Scope, select: SelectNames, env: Environment) {
  for (const { colNames, expr } of sets) {
    for (const name of colNames) writeColumn(name, target, select)
    select.expression(expr, scope, env)
  }
}

function writeColumn(name: Name, target: Source, select: SelectNames): void {
  const found = target.columns?.get(foldName(name.text))
  if (found?.kind === 'column') select.emit(name, { ...found, role: 'refers', isWritten: true })
}

function nameReturning(
  columns: readonly ResultColumn[] | undefined,
  scope: Scope,
  select: SelectNames,
  env: Environment,
): void {
  for (const column of columns ?? []) {
    if (column.type !== 'ExprResultColumn') continue
    select.expression(column.expr, scope, env)
    nameResult(column.alias, select)
  }
}

function nameResult(alias: As | undefined, select: SelectNames): void {
  if (alias) select.emit(alias.name, { kind: 'result', role: 'defines' })
}

const defineColumn = (name: Name, table: string, select: SelectNames): void =>
  select.emit(name, { kind: 'column', role: 'defines', table, column: name.text })

function nameCreateTable({ tblName, body }: CreateTableStmt, select: SelectNames): void {
  const { text: name } = tblName.objName
  select.emit(tblName.objName, { kind: 'table', role: 'defines', table: name })
  if (body.type === 'AsSelectCreateTableBody') {
    select.query(body.select, undefined, undefined, name)
    return
  }
  const own: SqlTable = { name, columns: body.columns.map(column => column.colName.text) }
  for (const column of body.columns) {
    defineColumn(column.colName, name, select)
    nameConstraints(column, own, select)
  }
  for (const constraint of body.constraints ?? []) nameConstraint(constraint, own, select)
}

function nameConstraints(column: ColumnDefinition, own: SqlTable, select: SelectNames): void {
  const scope = newScope(undefined, [sourceOf(own)])
  for (const { constraint } of column.constraints) {
    if (constraint.type === 'ForeignKeyColumnConstraint') nameReferences(constraint.clause, own, select)
    else if (constraint.type === 'CheckColumnConstraint' || constraint.type === 'GeneratedColumnConstraint')
      select.expression(constraint.expr, scope, undefined)
  }
}

function nameConstraint({ constraint }: NamedTableConstraint, own: SqlTable, select: SelectNames): void {
  const scope = newScope(undefined, [sourceOf(own)])
  if (constraint.type === 'ForeignKeyTableConstraint') {
    for (const { colName } of constraint.columns) nameColumnOf(colName, own, select)
    nameReferences(constraint.clause, own, select)
  } else if (constraint.type === 'CheckTableConstraint') select.expression(constraint.expr, scope, undefined)
  else for (const column of constraint.columns) select.expression(column, scope, undefined)
}

function nameReferences({ tblName, columns }: ForeignKeyClause, own: SqlTable, select: SelectNames): void {
  const isOwnTable = foldName(tblName.text) === foldName(own.name)
  if (isOwnTable) select.emit(tblName, { kind: 'table', role: 'refers', table: own.name })
  const table = isOwnTable ? own : select.table(tblName)
  if (table) for (const { colName } of columns ?? []) nameColumnOf(colName, table, select)
}

function nameColumnOf(name: Name | Id, table: SqlTable, select: SelectNames): void {
  const found = columnsOf(table)?.get(foldName(name.type === 'Id' ? name.name : name.text))
  if (found?.kind === 'column') select.emit(name, { ...found, role: 'refers' })
}

function nameTrigger(trigger: CreateTriggerStmt, select: SelectNames): void {
  const table = select.table(trigger.tblName.objName)
  select.emit(trigger.triggerName.objName, { kind: 'trigger', role: 'defines', ...(table && { table: table.name }) })
  if (table && trigger.event.type === 'UpdateOfTriggerEvent')
    for (const name of trigger.event.columns) nameColumnOf(name, table, select)
  const { columns, hidden } = table ? sourceOf(table) : { columns: undefined, hidden: undefined }
  // Both rows have all columns, so that a plain name is ambiguous and nothing is concluded from it.
  const rows = ['new', 'old'].map((name): Source => ({ kind: 'special', name, columns: columns, hidden }))
  const scope = newScope(undefined, rows)
  select.expression(trigger.whenClause, scope, undefined)
  for (const command of trigger.commands) nameCommand(command, scope, select)
}

function nameCommand(command: TriggerCmd, scope: Scope, select: SelectNames): void {
  switch (command.type) {
    case 'SelectTriggerCmd':
      select.query(command.select, scope, undefined)
      return
    case 'InsertTriggerCmd':
      nameInsert(command, select, scope, undefined)
      select.query(command.select, scope, undefined)
      return
    case 'UpdateTriggerCmd':
      nameUpdate(command, select, scope)
      return
    case 'DeleteTriggerCmd': {
      const inner = newScope(scope, [nameTarget(command.tblName, select)])
      select.expression(command.whereClause, inner, undefined)
    }
  }
}

function nameAlter({ tblName, body }: AlterTableStmt, select: SelectNames): void {
  const table = isOwn(tblName) ? select.table(tblName.objName) : undefined
  const name = table?.name ?? tblName.objName.text
  switch (body.type) {
    case 'RenameToAlterTableBody':
      select.emit(body.name, { kind: 'table', role: 'defines', table: body.name.text })
      return
    case 'AddColumnAlterTableBody': {
      defineColumn(body.column.colName, name, select)
      const columns = table?.columns && [...table.columns, body.column.colName.text]
      nameConstraints(body.column, { name, columns }, select)
      return
    }
    case 'RenameColumnAlterTableBody':
      if (table) nameColumnOf(body.old, table, select)
      defineColumn(body.new, name, select)
      return
    case 'DropColumnAlterTableBody':
    case 'DropColumnNotNullAlterTableBody':
    case 'SetColumnNotNullAlterTableBody':
      if (table) nameColumnOf(body.column, table, select)
  }
}
