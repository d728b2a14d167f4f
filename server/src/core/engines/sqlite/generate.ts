// What can be written when asked by name: a migration, a table, a column, and the step that renames one on phones.

import type { FixContext } from '../../rules/rule.ts'
import type { DatabaseShape } from '../../sql/judge.ts'
import { foldName } from '../../sql/scan-sql.ts'
import type { Edit } from '../../text/edit.ts'
import type { FieldWish, Generated, Generators, Renames } from '../contract.ts'
import { type FreshEdit, withColumn, withStatements } from './migrations/fresh-edits.ts'
import { plainName } from './migrations/plain-name.ts'
import { missingStatements, newInstallsStay, replay, withStep } from './migrations/prove.ts'
import {
  baseTexts,
  releasedSnapshot,
  runsFromRelease,
  runsFromStart,
  runsOfNew,
  wholeFresh,
} from './migrations/runs.ts'
import { writeStep } from './migrations/write-step.ts'
import { zeroOf } from './migrations/zero-of.ts'
import { createdTables } from './schema/create-table.ts'
import { differences } from './schema/differences.ts'
import type { SchemaText, SqliteStore, Table } from './types.ts'
import { fieldTypes, names } from './vocabulary.ts'

const unanswered = { problem: 'SQLite has not answered yet. Try again in a moment.' }

/** The generators of SQLite. */
export const generators: Pick<Generators, 'createMigration' | 'createEntity' | 'addField'> = {
  createMigration(store, context) {
    const own = store as SqliteStore
    const problem = unreadable(own)
    if (problem !== undefined) return { problem }
    const found = missingStatements(own)
    if (!found) return unanswered
    if ('problem' in found) return found
    return finished(own, found.statements, [], { words: wordsOf(found.statements), notes: found.notes }, context)
  },

  createEntity(store, entity, context) {
    const own = store as SqliteStore
    const problem = unreadable(own) ?? nameProblem(entity)
    if (problem !== undefined) return { problem }
    if (tableOf(own, entity)) return { problem: `There is a table "${entity}" already.` }
    const columns = keyLike(own)
    const sql = (isGuarded: boolean) =>
      `CREATE TABLE ${isGuarded ? 'IF NOT EXISTS ' : ''}${plainName(entity)} (\n  ${columns}\n)`
    const texts = freshTexts(own)
    const isGuarded = own.schemaTexts.some(({ sql: { text } }) => /\btable\s+if\s+not\s+exists\b/i.test(text))
    const written = texts && withStatements(texts, [sql(isGuarded)], context)
    if (texts && !written)
      return {
        problem: `The SQL that makes new databases of "${own.name}" is not written in a way that can be edited.`,
      }
    // What runs at every start makes the table on phones as well.
    if (written && !wholeFresh(own)) {
      if (!isGuarded)
        return {
          problem: 'The tables are made at every start without "IF NOT EXISTS", so another one cannot be added.',
        }
      return { edits: [written.edit], message: `Added table "${entity}".`, show: written.edit.file }
    }
    const statements = [sql(isGuarded)]
    return checked(own, statements, written, {
      words: `Create table ${entity}`,
      notes: [],
      done: `Added table "${entity}"`,
      context,
    })
  },

  addField(store, entity, field, context) {
    const own = store as SqliteStore
    const table = tableOf(own, entity)
    const problem = unreadable(own) ?? nameProblem(field.name) ?? fieldProblem(own, table, entity, field)
    if (problem !== undefined || !table) return { problem: problem ?? `There is no table "${entity}".` }
    const definition = definitionOf(field)
    const statements = [
      `ALTER TABLE ${plainName(table.name.text)} ADD COLUMN ${definition}`,
      ...(field.indexed ? [indexOf(table, field.name)] : []),
    ]
    const home = wholeFresh(own)?.texts
    const fresh = home && withColumn(home, entity, definition, context)
    if (home && !fresh) return { problem: `The statement that makes "${entity}" for new installs cannot be edited.` }
    const index = home && field.indexed ? withStatements(home, statements.slice(1), context) : undefined
    if (fresh && field.indexed && !index)
      return { problem: 'The SQL that makes new databases is not written in a way that an index can be added to.' }
    return checked(own, statements, fresh, {
      words: `Add column ${field.name} to ${entity}`,
      notes: field.optional ? [] : [`Rows that are there already get ${zeroOf(field.type)} in it.`],
      done: `Added column "${field.name}" to "${entity}"`,
      context,
      ...(index && { further: { edit: index.edit, texts: statements.slice(1) } }),
    })
  },
}

/** What keeps the data of a released name. */
export const renames: Required<Renames> = {
  field(store, entity, field, to, context) {
    const own = store as SqliteStore
    const released = releasedSnapshot(own)?.entities.find(one => foldName(one.name) === foldName(entity))
    if (releasedSnapshot(own) && !released?.fields.some(one => foldName(one.name) === foldName(field))) return undefined
    if (own.package === 'sqlite-storage')
      return { problem: 'The SQLite of older phones cannot rename a column, and this library uses what the phone has.' }
    const sql = `ALTER TABLE ${plainName(entity)} RENAME COLUMN ${plainName(field)} TO ${plainName(to)}`
    return renaming(own, entity, sql, `Rename column ${field} of ${entity} to ${to}`, context)
  },

  entity(store, entity, to, context) {
    const own = store as SqliteStore
    const released = releasedSnapshot(own)
    if (released && !released.entities.some(one => foldName(one.name) === foldName(entity))) return undefined
    const sql = `ALTER TABLE ${plainName(entity)} RENAME TO ${plainName(to)}`
    return renaming(own, entity, sql, `Rename table ${entity} to ${to}`, context)
  },

  problem: (_store, _of, to) => nameProblem(to),

  wordProblem: to => (plainName(to) === to ? undefined : `"${to}" is a word of SQL.`),
}

/** The step of a rename. */
function renaming(store: SqliteStore, entity: string, sql: string, words: string, context: FixContext): Generated {
  const problem = unreadable(store)
  if (problem !== undefined) return { problem }
  const isBase = baseTexts(store).some(({ sql: { text } }) =>
    createdTables(text).some(one => foldName(one.name.text) === foldName(entity)),
  )
  if (isBase)
    return {
      problem: `"${entity}" is made at every start, whatever the version: a step that renames would fail on new installs.`,
    }
  return checked(store, [sql], undefined, { words, notes: [], done: words, context, isRename: true })
}

interface Wish {
  readonly words: string
  readonly notes: readonly string[]
  readonly done: string
  readonly context: FixContext
  /** A further edit of what makes new databases. */
  readonly further?: FreshEdit
  readonly isRename?: boolean
}

/** The edits, once the step has been replayed and gives what new installs get. */
function checked(
  store: SqliteStore,
  statements: readonly string[],
  fresh: FreshEdit | undefined,
  { words, notes, done, context, further, isRename }: Wish,
): Generated {
  const { judge } = store.scope
  const device = runsFromStart(store) ?? runsFromRelease(store)
  const runs = device?.runs ?? runsOfNew(store)
  if (!runs) return { problem: `The steps of "${store.name}" cannot be replayed, so no further one is written.` }
  const after = replay(judge, withStep(runs, statements))
  const staying = newInstallsStay(store, { statements })
  if (!after || !staying) return unanswered
  if (after.failure) return { problem: `SQLite refuses the step: ${after.failure.error.message}.` }
  if ('problem' in staying) return staying
  if (fresh && !isRename) {
    const texts = [...fresh.texts, ...(further?.texts ?? [])]
    const made = replay(judge, [
      { texts, sources: [], step: undefined },
      { texts: baseTexts(store).map(one => one.sql.text), sources: [], step: undefined },
    ])
    if (!made) return unanswered
    const left = made.failure ? undefined : unlike(after.shape, made.shape)
    if (made.failure || left !== undefined)
      return { problem: made.failure ? `SQLite refuses it: ${made.failure.error.message}.` : left! }
  }
  const edits = [...(fresh ? [fresh.edit] : []), ...(further ? [further.edit] : [])]
  return finished(store, statements, edits, { words, notes, done }, context)
}

/** What new installs have and phones that update lack. */
function unlike(device: DatabaseShape, fresh: DatabaseShape): string | undefined {
  const [first] = differences(device, fresh).filter(one => one.is === 'missing')
  return first && `Phones that update lack "${first.name}" already. Create the migration for that first.`
}

function finished(
  store: SqliteStore,
  statements: readonly string[],
  edits: readonly Edit[],
  { words, notes, done }: { readonly words: string; readonly notes: readonly string[]; readonly done?: string },
  context: FixContext,
): Generated {
  const step = writeStep(store, statements, words, context)
  if ('problem' in step) return step
  const head =
    done === undefined
      ? `Created migration to version ${step.version}.`
      : `${done} with migration to version ${step.version}.`
  return { edits: [...edits, ...step.edits], message: [head, ...notes].join(' '), show: step.show }
}

/** Why nothing can be generated for a database. */
const unreadable = ({ schema, name }: SqliteStore): string | undefined =>
  schema === undefined
    ? `Some of the SQL that makes the tables of "${name}" cannot be read, or they are made elsewhere.`
    : undefined

/** What makes new databases where it is no step. */
function freshTexts(store: SqliteStore): readonly SchemaText[] | undefined {
  const fresh = wholeFresh(store)
  if (fresh) return fresh.texts
  const base = baseTexts(store)
  return base.some(({ sql }) => createdTables(sql.text).length > 0) ? base : undefined
}

const tableOf = ({ entities }: SqliteStore, name: string): Table | undefined =>
  entities.find(one => foldName(one.name.text) === foldName(name) && one.shape.kind === 'table')

/** The primary key as the other tables have theirs. */
function keyLike({ entities }: SqliteStore): string {
  for (const { definedBy, shape } of [...entities].reverse()) {
    const key = shape.columns.filter(column => column.primaryKey > 0)
    const { text } = definedBy?.sql ?? { text: '' }
    const created = createdTables(text).find(one => foldName(one.name.text) === foldName(shape.name))
    const written = created?.columns.find(one => key.length === 1 && one.name.text === key[0]!.name)
    const definition = written && text.slice(written.start, written.end)
    if (definition && /\bprimary\s+key\b/i.test(definition) && !/\breferences\b/i.test(definition)) return definition
  }
  return 'id INTEGER PRIMARY KEY'
}

function nameProblem(name: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name))
    return `"${name}" may have letters, digits and underscores only, and no digit first.`
  if (/^sqlite_/i.test(name)) return `SQLite keeps names that begin with "sqlite_" for itself.`
  return names.field.reserved.includes(name.toLowerCase()) ? `"${name}" is a word of SQL.` : undefined
}

function fieldProblem(
  store: SqliteStore,
  table: Table | undefined,
  entity: string,
  { name, type }: FieldWish,
): string | undefined {
  if (!table) return `There is no table "${entity}".`
  if (!fieldTypes.some(one => one.text === type.toUpperCase()))
    return `"${type}" is no type of a column: ${fieldTypes.map(one => one.text).join(', ')}.`
  if (table.fields.some(one => foldName(one.name.text) === foldName(name)))
    return `"${entity}" has a column "${name}" already.`
  return store.ladder
    ? undefined
    : 'There are no steps by "PRAGMA user_version": phones that have the table already would never get the column.'
}

const definitionOf = ({ name, type, optional }: FieldWish): string =>
  `${plainName(name)} ${type.toUpperCase()}${optional ? '' : ` NOT NULL DEFAULT ${zeroOf(type)}`}`

const indexOf = ({ name }: Table, column: string): string =>
  `CREATE INDEX ${plainName(`idx_${name.text}_${column}`)} ON ${plainName(name.text)} (${plainName(column)})`

/** What a migration does, for people. */
function wordsOf(statements: readonly string[]): string {
  const [first = ''] = statements
  const words = /^(?:CREATE|ALTER)\s+(?:UNIQUE\s+)?(\w+)\s+(?:IF\s+NOT\s+EXISTS\s+)?["`[]?(\w+)/i.exec(first)
  const more = statements.length > 1 ? ' and more' : ''
  return words ? `Bring ${words[1]!.toLowerCase()} ${words[2]} up to date${more}` : 'Bring the tables up to date'
}
