// The names in queries and expressions.
import {
  type AstNode,
  type CommonTableExpr,
  type FromClause,
  type Id,
  type Indexed,
  type JoinedSelectTable,
  type Name,
  type OneSelect,
  type ResultColumn,
  type Select,
  type SelectFrom,
  type SelectTable,
  type SortedColumn,
  VisitorKeys,
  type With,
} from 'sqlite3-parser'
import { foldName } from './scan-sql.ts'
import type { SqlName } from './sql-name.ts'
import {
  type Columns,
  type ColumnTarget,
  type NameSpan,
  newScope,
  resolveColumn,
  resolveSource,
  type Scope,
  type Source,
  sourceOf,
} from './sql-scope.ts'
import type { SqlTable, SqlWorld } from './sql-world.ts'

/** What a statement is read with. */
export interface Reading {
  /** The whole text. */
  readonly sql: string
  /** Where the statement begins in it. */
  readonly offset: number
  readonly world: SqlWorld
}

/** The common table expressions that are known at a place, by folded name. */
export type Environment = ReadonlyMap<string, Cte> | undefined

interface Cte {
  readonly definedAt: NameSpan
  readonly columns: Columns | undefined
}

type Said = Omit<SqlName, 'start' | 'end' | 'name'>

/** Finds names and hands them to the list it was made with. */
export interface SelectNames {
  emit(name: Name | Id, said: Said): void
  spanOf(name: Name | Id): NameSpan
  /** The table of that name, which is said to be referred to. */
  table(name: Name | Id): SqlTable | undefined
  /** The names of a query. Gives the columns it has; names of `makes` are made by them, where a table or view is made. */
  query(select: Select, outer: Scope | undefined, env: Environment, makes?: string): Columns | undefined
  environment(clause: With | undefined, outer: Scope | undefined, env: Environment): Environment
  from(from: FromClause, scope: Scope, env: Environment): void
  expression(node: AstNode | undefined, scope: Scope | undefined, env: Environment): void
  indexedBy(indexed: Indexed | undefined): void
}

/** Bits of the parser's join types. */
const natural = 4

export function createSelectNames({ sql, offset, world }: Reading, names: SqlName[]): SelectNames {
  let quiet = 0

  const spanOf = ({ span }: Name | Id): NameSpan => {
    const start = offset + span.offset
    const end = start + span.length
    return /["'`[]/.test(sql[start] ?? '') && end - start > 1 ? { start: start + 1, end: end - 1 } : { start, end }
  }
  const textOf = (name: Name | Id): string => (name.type === 'Id' ? name.name : name.text)
  const emit = (name: Name | Id, said: Said): void => {
    if (quiet === 0) names.push({ ...said, ...spanOf(name), name: textOf(name) })
  }
  const table = (name: Name | Id): SqlTable | undefined => {
    const found = world.table(textOf(name))
    if (found) emit(name, { kind: 'table', role: 'refers', table: found.name })
    return found
  }
  const emitTarget = (name: Name | Id, target: ColumnTarget | undefined): void => {
    if (target) emit(name, { ...target, role: 'refers' })
  }
  const emitSource = (name: Name | Id, source: Source | undefined): void => {
    if (!source || source.kind === 'special') return
    const { kind, table, definedAt } = source
    emit(name, { kind, role: 'refers', ...(table && { table }), ...(definedAt && { definedAt }) })
  }

  function query(select: Select, outer: Scope | undefined, env: Environment, makes?: string): Columns | undefined {
    const inner = environment(select.with, outer, env)
    const first = core(select.select, outer, inner, makes)
    const others = (select.compounds ?? []).map(compound => core(compound.select, outer, inner))
    const results = [first, ...others].map(one => one.results)
    for (const term of select.orderBy ?? []) orderBy(term, first.scope, results, inner)
    return first.results
  }

  interface Core {
    /** Undefined for VALUES, and for the parts of a compound. */
    readonly scope: Scope
    readonly results: Columns | undefined
  }

  function core(select: OneSelect, outer: Scope | undefined, env: Environment, makes?: string): Core {
    if (select.type === 'SelectFrom') return selectFrom(select, outer, env, makes)
    const scope = newScope(outer)
    for (const row of select.values) expression(row, scope, env)
    const width = select.values[0]?.values.length ?? 0
    const columns = Array.from({ length: width }, (_, i) => [`column${i + 1}`, undefined] as const)
    return { scope, results: new Map(columns) }
  }

  function selectFrom(select: SelectFrom, outer: Scope | undefined, env: Environment, makes?: string): Core {
    const plain = newScope(outer)
    if (select.from) from(select.from, plain, env)
    const results = resultsOf(select.columns, plain, env, makes)
    const scope: Scope = { ...plain, ...(results && { results }) }
    for (const part of [select.whereClause, ...(select.groupBy ?? []), select.having, ...(select.windowClause ?? [])])
      expression(part, scope, env)
    return { scope, results }
  }

  /** Names what is selected. Gives the columns by name; undefined where a star stands for what is not known. */
  function resultsOf(columns: readonly ResultColumn[], scope: Scope, env: Environment, makes?: string) {
    const results = new Map<string, ColumnTarget | undefined>()
    let isKnown = true
    const add = (name: string, target: ColumnTarget | undefined) => {
      if (!results.has(name)) results.set(name, target)
    }
    const addAll = (sources: readonly (Source | undefined)[]) => {
      for (const source of sources) {
        if (source?.columns) for (const [name, target] of source.columns) add(name, target)
        else isKnown = false
      }
    }
    for (const column of columns) {
      if (column.type === 'StarResultColumn') addAll(scope.sources)
      else if (column.type === 'TableStarResultColumn') {
        const source = resolveSource(scope, column.table.text)
        emitSource(column.table, source)
        addAll([source])
      } else {
        expression(column.expr, scope, env)
        const { alias } = column
        if (alias) {
          if (makes) emit(alias.name, { kind: 'column', role: 'defines', table: makes, column: alias.name.text })
          else emit(alias.name, { kind: 'result', role: 'defines' })
          add(foldName(alias.name.text), { kind: 'result', definedAt: spanOf(alias.name) })
        } else {
          const own = ownName(column.expr)
          if (own) add(foldName(textOf(own)), targetOf(column.expr, scope))
        }
      }
    }
    return isKnown ? results : undefined
  }

  /** A name alone is first looked for among the results; with UNION it can be nothing else. */
  function orderBy(
    term: SortedColumn,
    scope: Scope,
    results: readonly (Columns | undefined)[],
    env: Environment,
  ): void {
    const { expr } = term
    if (expr.type === 'Id') {
      const having = results.find(columns => columns?.has(foldName(expr.name)))
      if (having) emitTarget(expr, having.get(foldName(expr.name)))
      if (having || results.length > 1) return
    }
    if (results.length === 1) expression(expr, scope, env)
  }

  function environment(clause: With | undefined, outer: Scope | undefined, env: Environment): Environment {
    if (!clause) return env
    const known = new Map<string, Cte>(env ?? [])
    for (const cte of clause.ctes) {
      const name = foldName(cte.tblName.text)
      const definedAt = spanOf(cte.tblName)
      emit(cte.tblName, { kind: 'cte', role: 'defines' })
      // It can read itself: then it has the columns of its first part.
      const itself = listed(cte) ?? firstOf(cte, outer, known)
      known.set(name, { definedAt, columns: itself })
      for (const { colName } of cte.columns ?? []) emit(colName, { kind: 'result', role: 'defines' })
      const columns = query(cte.select, outer, known)
      known.set(name, { definedAt, columns: listed(cte) ?? columns })
    }
    return known
  }

  const listed = ({ columns }: CommonTableExpr): Columns | undefined =>
    columns &&
    new Map(columns.map(({ colName }) => [foldName(colName.text), { kind: 'result', definedAt: spanOf(colName) }]))

  function firstOf({ select }: CommonTableExpr, outer: Scope | undefined, env: Environment): Columns | undefined {
    quiet++
    const { results } = core(select.select, outer, environment(select.with, outer, env))
    quiet--
    return results
  }

  function from(clause: FromClause, scope: Scope, env: Environment): void {
    const joins = clause.joins ?? []
    if (clause.select) addSource(clause.select, scope, env)
    for (const join of joins) {
      addSource(join.table, scope, env)
      if (join.operator.type === 'TypedJoinJoinOperator' && (join.operator.joinType ?? 0) & natural)
        scope.isNatural = true
    }
    for (const join of joins) constraint(join, scope, env)
  }

  function constraint({ constraint: joined }: JoinedSelectTable, scope: Scope, env: Environment): void {
    if (joined?.type === 'OnJoinConstraint') expression(joined.expr, scope, env)
    if (joined?.type !== 'UsingJoinConstraint') return
    for (const name of joined.columns) {
      const folded = foldName(name.text)
      scope.shared.add(folded)
      // The name stands for the column of each table that has it.
      if (scope.sources.every(source => source.columns))
        for (const source of scope.sources) emitTarget(name, source.columns?.get(folded))
    }
  }

  function addSource(item: SelectTable, scope: Scope, env: Environment): void {
    const { alias } = item
    const own = alias && { name: alias.name.text, definedAt: spanOf(alias.name) }
    const named = own && { name: foldName(own.name), definedAt: own.definedAt }
    const defineAlias = (stands?: string) => {
      if (alias) emit(alias.name, { kind: 'alias', role: 'defines', ...(stands && { table: stands }) })
    }
    if (item.type === 'SubSelectTable') {
      const inner = alias ? newScope(scope.outer) : scope
      from(item.from, inner, env)
      defineAlias()
      if (alias) scope.sources.push({ kind: 'alias', columns: undefined, ...named })
      return
    }
    if (item.type === 'SelectSelectTable') {
      const columns = query(item.select, scope.outer, env)
      defineAlias()
      scope.sources.push({ kind: 'alias', columns, ...named })
      return
    }
    const { dbName, objName } = item.tblName
    const folded = foldName(objName.text)
    if (item.type === 'TableCallSelectTable') {
      for (const arg of item.args ?? []) expression(arg, scope, env)
      defineAlias()
      scope.sources.push({
        kind: alias ? 'alias' : 'special',
        name: folded,
        columns: functionColumns(folded),
        ...named,
      })
      return
    }
    indexedBy(item.indexed)
    const cte = dbName ? undefined : env?.get(folded)
    if (cte) {
      emit(objName, { kind: 'cte', role: 'refers', definedAt: cte.definedAt })
      defineAlias()
      scope.sources.push({
        kind: alias ? 'alias' : 'cte',
        name: folded,
        columns: cte.columns,
        definedAt: cte.definedAt,
        ...named,
      })
      return
    }
    const found = !dbName || /^(?:main|temp)$/i.test(dbName.text) ? table(objName) : undefined
    defineAlias(found?.name)
    scope.sources.push(
      found ? sourceOf(found, own) : { kind: alias ? 'alias' : 'special', name: folded, columns: undefined, ...named },
    )
  }

  function expression(node: AstNode | undefined, scope: Scope | undefined, env: Environment): void {
    if (!node) return
    switch (node.type) {
      case 'Id':
        emitTarget(node, resolveColumn(scope, node.name))
        return
      case 'NameExpr':
        emitTarget(node.name, resolveColumn(scope, node.name.text))
        return
      case 'QualifiedExpr':
        if (node.schema && !/^(?:main|temp)$/i.test(node.schema.text)) return
        emitSource(node.table, resolveSource(scope, node.table.text))
        emitTarget(node.column, targetOf(node, scope))
        return
      case 'Select':
        query(node, scope, env)
        return
      case 'FunctionCallExpr':
        for (const part of [...(node.args ?? []), node.orderBy, node.filterOver]) expression(part, scope, env)
        return
      case 'FunctionCallStarExpr':
        expression(node.filterOver, scope, env)
        return
      case 'InTableExpr': {
        expression(node.lhs, scope, env)
        const { dbName, objName } = node.rhs
        const cte = dbName ? undefined : env?.get(foldName(objName.text))
        if (cte) emit(objName, { kind: 'cte', role: 'refers', definedAt: cte.definedAt })
        else if (!dbName && !node.args) table(objName)
        for (const arg of node.args ?? []) expression(arg, scope, env)
        return
      }
      case 'CastExpr':
        expression(node.expr, scope, env)
        return
      default:
        for (const child of childrenOf(node)) expression(child, scope, env)
    }
  }

  const indexedBy: SelectNames['indexedBy'] = indexed => {
    if (indexed?.type === 'IndexedByIndexed') emit(indexed.idxName, { kind: 'index', role: 'refers' })
  }

  return { emit, spanOf, table, query, environment, from, expression, indexedBy }
}

/** The columns of the table-valued functions that come with SQLite; undefined for others. */
const functionColumns = (name: string): Columns | undefined =>
  name === 'json_each' || name === 'json_tree'
    ? new Map(
        ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path', 'json', 'root'].map(column => [
          column,
          undefined,
        ]),
      )
    : undefined

/** What the name of a column stands for, qualified or not. */
function targetOf(node: AstNode, scope: Scope | undefined): ColumnTarget | undefined {
  if (node.type === 'Id') return resolveColumn(scope, node.name)
  if (node.type === 'QualifiedExpr')
    return resolveSource(scope, node.table.text)?.columns?.get(foldName(node.column.text))
  return undefined
}

/** The name that a result has by its own: that of its column. */
function ownName(node: AstNode): Id | Name | undefined {
  if (node.type === 'Id') return node
  if (node.type === 'NameExpr') return node.name
  if (node.type === 'QualifiedExpr') return node.column
  if (node.type === 'CollateExpr') return ownName(node.expr)
  return node.type === 'ParenthesizedExpr' && node.exprs.length === 1 ? ownName(node.exprs[0]!) : undefined
}

function childrenOf(node: AstNode): AstNode[] {
  const keys: readonly string[] = (VisitorKeys as Readonly<Record<string, readonly string[]>>)[node.type] ?? []
  const held = node as unknown as Readonly<Record<string, AstNode | readonly AstNode[] | undefined>>
  return keys.flatMap(key => held[key] ?? [])
}
