// The words of WatermelonDB: what it calls things, the types that columns have, the names that are taken.
import type { FieldType, NameRules, Terms } from '../../catalog/terms.ts'

export const terms: Terms = { entity: ['table', 'tables'], field: ['column', 'columns'] }

export const fieldTypes: readonly FieldType[] = [
  { text: 'string', detail: 'text, JSON, ids' },
  { text: 'number', detail: 'numbers, dates in milliseconds' },
  { text: 'boolean' },
]

/** What WatermelonDB and SQLite keep for themselves; records are plain objects, on which some names have a meaning already. */
const reserved: readonly string[] = [
  'id',
  '_changed',
  '_status',
  'local_storage',
  'rowid',
  'oid',
  '_rowid_',
  '__*',
  'sqlite_*',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'isPrototypeOf',
  'toString',
  'toLocaleString',
  'valueOf',
]

/** SQLite compares names without regard to case. */
export const names: NameRules = { entity: { reserved }, field: { reserved }, ignoresCase: true }
