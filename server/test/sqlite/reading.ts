// Reads a small app as the SQLite engine does, for tests of what is read.
import { createFactsStore } from '../../src/core/catalog/file-signals.ts'
import type { Mention } from '../../src/core/catalog/mention.ts'
import { createScope, type Scope } from '../../src/core/catalog/scope.ts'
import type { EngineLink } from '../../src/core/engines/contract.ts'
import { sqlite } from '../../src/core/engines/sqlite/engine.ts'
import { packages } from '../../src/core/engines/sqlite/imports.ts'
import type { CodeOfFile, SqlCall, SqliteStore } from '../../src/core/engines/sqlite/types.ts'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { createQuestions } from '../../src/core/sql/questions.ts'
import { answerSql } from '../../testkit/answer-sql.ts'
import { type ProjectOptions, workspaceOf } from '../../testkit/workspace-of.ts'

const appRoot = '/app'

/** A small app that has been read. */
export interface ReadApp {
  readonly link: EngineLink
  readonly scope: Scope
  set(file: string, text: string): void
  mentions(file: string): readonly Mention[]
  /** What `read` gives once SQLite has answered all that it asks. */
  settled<T>(read: () => T): T
}

/** Reads files given by relative path. */
export function readSqlite(files: Readonly<Record<string, string>>, project: ProjectOptions = {}): ReadApp {
  const facts = createFactsStore()
  const questions = createQuestions(answerSql)
  const scope = createScope(
    facts,
    specifier => packages.some(one => specifier === one || specifier.startsWith(`${one}/`)),
    questions,
  )
  facts.setWorkspace(
    workspaceOf(
      Object.keys(files).map(file => `${appRoot}/${file}`),
      { versions: { 'expo-sqlite': '57.0.3' }, ...project },
    ),
  )
  const set = (file: string, text: string) => {
    facts.put(`${appRoot}/${file}`, readFacts(`${appRoot}/${file}`, text))
    facts.publish()
  }
  for (const [file, text] of Object.entries(files)) set(file, text)
  const link = sqlite().link(scope)
  return {
    link,
    scope,
    set,
    mentions: file => questions.settled(() => link.mentions?.(`${appRoot}/${file}`) ?? []),
    settled: questions.settled,
  }
}

/** The databases of an app. */
export const storesOf = (app: ReadApp): readonly SqliteStore[] =>
  app.settled(() => {
    const stores = app.link.stores() as readonly SqliteStore[]
    // Asking for the shape is what asks SQLite.
    return stores.filter(store => store.shape || store.entities)
  })

/** The code of a file, as rules are given it. */
export function codeOf(app: ReadApp, file: string): CodeOfFile {
  const found = app.link
    .subjectLists()
    .flatMap(list => list())
    .find(one => one.kind === 'code' && (one.of as CodeOfFile).file === `${appRoot}/${file}`)
  if (!found) throw new Error(`${file} is no code of the app`)
  return found.of as CodeOfFile
}

/** The SQL that a file gives to databases. */
export const callsIn = (app: ReadApp, file: string): readonly SqlCall[] => codeOf(app, file).calls()
