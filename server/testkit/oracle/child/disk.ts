// Looks at a database file without the library: tables, columns, indexes, rows, version.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { TableOnDisk } from '../types.ts'
import type { Raw } from './library.ts'

interface Sqlite {
  prepare(sql: string): { all(): Record<string, string | number | null>[] }
  pragma(sql: string, options?: { simple: boolean }): unknown
  exec(sql: string): void
  close(): void
}

/** A database file. All questions open and close it. */
export interface Disk {
  exists(): boolean
  version(): number
  setVersion(version: number): void
  tables(): Record<string, TableOnDisk>
  rows(table: string): readonly Raw[]
  execute(sql: string): void
}

/** The file at an absolute path; it need not exist. */
export function openDisk(file: string, oracleFolder: string): Disk {
  const Database = createRequire(join(oracleFolder, 'package.json'))('better-sqlite3') as new (path: string) => Sqlite
  const using = <T>(work: (db: Sqlite) => T): T => {
    const db = new Database(file)
    try {
      return work(db)
    } finally {
      db.close()
    }
  }
  const names = (rows: readonly Record<string, unknown>[]) => rows.map(row => String(row['name'])).sort()
  return {
    exists: () => existsSync(file),
    version: () => using(db => Number(db.pragma('user_version', { simple: true }))),
    setVersion: version => using(db => void db.pragma(`user_version = ${version}`)),
    tables: () =>
      using(db => {
        const tables = names(db.prepare("select name from sqlite_master where type = 'table'").all())
        const describe = (table: string): TableOnDisk => ({
          columns: names(db.prepare(`pragma table_info(${quoted(table)})`).all()),
          indexes: names(db.prepare(`pragma index_list(${quoted(table)})`).all()).filter(n => !n.startsWith('sqlite_')),
        })
        return Object.fromEntries(
          tables.filter(table => !table.startsWith('sqlite_')).map(table => [table, describe(table)]),
        )
      }),
    rows: table => using(db => db.prepare(`select * from ${quoted(table)} order by id`).all()),
    execute: sql => using(db => db.exec(sql)),
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
