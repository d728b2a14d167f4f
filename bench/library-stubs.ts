// Declarations of WatermelonDB in our own words, just rich enough for a type checker to have its usual work with a generated app.

/** Declaration files by path. */
export const libraryStubs: Readonly<Record<string, string>> = {
  'index.d.ts': `export type ColumnType = 'string' | 'number' | 'boolean'
export interface ColumnSchema { name: string; type: ColumnType; isOptional?: boolean; isIndexed?: boolean }
export interface TableSchema { readonly name: string; readonly columns: Readonly<Record<string, ColumnSchema>> }
export interface AppSchema { readonly version: number; readonly tables: Readonly<Record<string, TableSchema>> }
export function tableSchema(spec: { name: string; columns: ColumnSchema[] }): TableSchema
export function appSchema(spec: { version: number; tables: TableSchema[] }): AppSchema
export interface Observable<T> { subscribe(next: (value: T) => void): () => void }
export interface Relation<T extends Model> { readonly id: string; fetch(): Promise<T>; observe(): Observable<T>; set(record: T): void }
export interface Query<T extends Model> { fetch(): Promise<T[]>; fetchCount(): Promise<number>; observe(): Observable<T[]>; extend(...clauses: Clause[]): Query<T> }
export interface Collection<T extends Model> { query(...clauses: Clause[]): Query<T>; find(id: string): Promise<T>; create(build: (record: T) => void): Promise<T> }
export type Association = { readonly type: 'belongs_to'; readonly key: string } | { readonly type: 'has_many'; readonly foreignKey: string }
export class Model {
  static table: string
  static associations: Readonly<Record<string, Association>>
  readonly id: string
  update(build: (record: this) => void): Promise<this>
  markAsDeleted(): Promise<void>
}
export class Database {
  constructor(options: { adapter: object; modelClasses: readonly (typeof Model)[] })
  get<T extends Model>(table: string): Collection<T>
  write<T>(work: () => Promise<T>): Promise<T>
}
export interface Clause { readonly clause: string }
export interface Comparison { readonly operator: string }
export type Comparable = string | number | boolean | null | Comparison
export const Q: {
  readonly desc: 'desc'
  readonly asc: 'asc'
  where(column: string, value: Comparable): Clause
  on(table: string, column: string, value: Comparable): Clause
  and(...clauses: Clause[]): Clause
  or(...clauses: Clause[]): Clause
  gt(value: number): Comparison
  sortBy(column: string, order?: 'asc' | 'desc'): Clause
  take(count: number): Clause
}
`,
  'decorators/index.d.ts': `export function field(column: string): PropertyDecorator
export function text(column: string): PropertyDecorator
export function date(column: string): PropertyDecorator
export function json<T>(column: string, sanitizer: (raw: unknown) => T): PropertyDecorator
export function children(table: string): PropertyDecorator
export function relation(table: string, key: string): PropertyDecorator
export function immutableRelation(table: string, key: string): PropertyDecorator
export const readonly: PropertyDecorator
export const writer: MethodDecorator
`,
  'Schema/migrations/index.d.ts': `import type { AppSchema, ColumnSchema } from '../../index'
export type MigrationStep = { readonly type: string }
export interface SchemaMigrations { readonly minVersion: number; readonly maxVersion: number; readonly schema?: AppSchema }
export function addColumns(spec: { table: string; columns: ColumnSchema[] }): MigrationStep
export function createTable(spec: { name: string; columns: ColumnSchema[] }): MigrationStep
export function schemaMigrations(spec: { migrations: { toVersion: number; steps: MigrationStep[] }[] }): SchemaMigrations
`,
  'adapters/sqlite/index.d.ts': `import type { AppSchema } from '../../index'
import type { SchemaMigrations } from '../../Schema/migrations/index'
export default class SQLiteAdapter {
  constructor(options: { schema: AppSchema; migrations?: SchemaMigrations; dbName?: string; jsi?: boolean })
}
`,
}
