// The SQL that a file has in its queries and in its migrations, with what its names must stand for.
import type { Named } from '../../../catalog/catalog.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { CallValue } from '../../../source/value.ts'
import { projectStores } from '../code/read-collection.ts'
import { candidateTables, inEvery } from '../queries/candidate-tables.ts'
import { everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile, Migration, WatermelonStore } from '../types.ts'
import { meantTable, type SqlWorld } from './judge-sql.ts'
import { readSql } from './read-sql.ts'

/** Static SQL. */
export interface SqlInCode {
  readonly sql: Named
  readonly kind: 'statements' | 'expression'
  readonly world: SqlWorld
  /** For an expression: the only table that names without one can belong to. */
  readonly table: string | undefined
}

/** SQL that a query is given, static or not. */
export interface SqlArgument extends Pick<SqlInCode, 'kind' | 'table'> {
  readonly argument: Located
  /** The databases that it may be run in. */
  readonly stores: readonly WatermelonStore[]
}

/** The static SQL of `Q.unsafeSqlExpr` and `Q.unsafeSqlQuery`. */
export function* sqlInQueries(code: CodeOfFile): Generator<SqlInCode> {
  for (const { argument, kind, stores, table } of sqlArguments(code)) {
    const sql = code.scope.text(argument)
    if (sql) yield { sql, kind, world: schemaWorld(stores), table }
  }
}

/** The arguments of `Q.unsafeSqlExpr` and `Q.unsafeSqlQuery`, those of queries whose table is known first. */
export function* sqlArguments(code: CodeOfFile): Generator<SqlArgument> {
  const seen = new Set<unknown>()
  for (const { collection, own, clauses } of queriesOf(code).queries)
    for (const clause of everyClause(own)) {
      const kind = sqlKinds.get(clause.name)
      const argument = firstOf(clause.call)
      if (!kind || !argument || seen.has(clause.call.value)) continue
      seen.add(clause.call.value)
      const isPlain = clauses.complete && [...everyClause(clauses)].every(one => !joins.has(one.name))
      const table = kind === 'expression' && isPlain ? collection.table.text : undefined
      yield { argument, kind, stores: collection.stores, table }
    }
  for (const { name, call } of code.sites()) {
    const kind = name.startsWith('Q.') ? sqlKinds.get(name.slice(2)) : undefined
    const argument = firstOf(call)
    if (kind && argument && !seen.has(call.value))
      yield { argument, kind, stores: projectStores(code), table: undefined }
  }
}

const sqlKinds: ReadonlyMap<string, SqlInCode['kind']> = new Map([
  ['unsafeSqlExpr', 'expression'],
  ['unsafeSqlQuery', 'statements'],
])

/** The static SQL of the migration steps that are written in this file. */
export function* sqlInSteps(code: CodeOfFile): Generator<SqlInCode> {
  const imports = code.scope.module(code.file)?.imports ?? []
  // Only such files can have steps, and no other shall be woken by every change of a migration.
  if (!imports.some(one => code.library.isWatermelon(one.from) && one.from.endsWith('/Schema/migrations'))) return
  for (const store of projectStores(code))
    for (const migration of store.migrationsRead?.list ?? [])
      for (const step of migration.steps) {
        if (step.kind !== 'sql' || !step.sql || step.sql.at.file !== code.file) continue
        yield { sql: step.sql, kind: 'statements', world: migrationWorld(store, migration), table: undefined }
      }
}

const joins: ReadonlySet<string> = new Set(['on', 'experimentalJoinTables', 'experimentalNestedJoin'])

const firstOf = ({ value, file }: Located<CallValue>): Located | undefined =>
  value.args[0] && { value: value.args[0], file }

/** What queries can read: the tables of the schema. */
function schemaWorld(stores: readonly WatermelonStore[]): SqlWorld {
  return {
    columns(name) {
      const found = candidateTables(stores, name)
      const isSure = found?.every(one => one.table.complete && !one.table.unsafeSql && !one.store.unsafeSql)
      if (!found || found.length === 0 || !isSure) return undefined
      return new Set(found.flatMap(one => [...one.table.columns.keys()].map(column => column.toLowerCase())))
    },
    meantTable: name =>
      inEvery(stores.length > 0 ? stores : undefined, store =>
        store.complete && !store.unsafeSql ? meantTable(name, store.tableNames()) : undefined,
      ),
  }
}

/**
 * What a migration can name: every column that a table ever had since a migration made it. Tables are judged where it
 * is known which ones were released, as migrations speak of old ones too.
 */
function migrationWorld(store: WatermelonStore, migration: Migration): SqlWorld {
  const statements = (store.migrationsRead?.list ?? []).flatMap(one =>
    one.steps.map(step => (step.kind === 'sql' ? step.sql && readSql(step.sql.text) : [])),
  )
  const isReadable = store.migrationsRead?.complete === true && statements.every(one => one !== undefined)
  const made = statements.flatMap(one => one ?? [])
  return {
    columns(name) {
      const { created, added, complete } = store.history(name)
      const isSure = created.every(one => one.step.table.complete && !one.step.table.unsafeSql)
      if (!isReadable || !complete || !isSure || created.length === 0 || added.some(one => one.step.unsafeSql))
        return undefined
      const columns = created.flatMap(one => one.step.table.fields).concat(added.map(one => one.column))
      const names = columns
        .map(column => column.name.text)
        .concat(store.table(name)?.fields.map(one => one.name.text) ?? [])
      for (const one of made) {
        if (one.kind === 'add-column' || one.kind === 'rename-column')
          names.push('to' in one ? one.to : one.column, one.column)
        if (one.kind === 'create-table' && one.table === name) names.push(...(one.columns ?? []))
        if (one.kind === 'rename-table' && one.to.toLowerCase() === name.toLowerCase()) return undefined
      }
      return new Set(names.map(one => one.toLowerCase()))
    },
    meantTable(name) {
      const snapshots = store.baseline?.snapshots ?? []
      const isNew = snapshots.length > 0 && snapshots.every(one => one.version < (migration.toVersion ?? 0))
      const steps = (store.migrationsRead?.list ?? []).flatMap(one => one.steps)
      const isMade =
        steps.some(step => step.kind === 'create' && step.table.name.text === name) ||
        made.some(
          one =>
            (one.kind === 'create-table' && one.table === name) || (one.kind === 'rename-table' && one.to === name),
        )
      if (!isNew || !isReadable || isMade || store.unsafeSql || !store.complete) return undefined
      const known = [...store.tableNames(), ...snapshots.flatMap(one => one.entities.map(entity => entity.name))]
      return meantTable(name, known)
    },
  }
}
