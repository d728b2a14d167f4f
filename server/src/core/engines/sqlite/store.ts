// One database file of the app as a living object: every part is computed when asked and remembered until it changes.
import { computed } from '@preact/signals-core'
import { gated, sameItems, settled } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import { isTestFile } from '../../catalog/test-file.ts'
import { foldName } from '../../sql/scan-sql.ts'
import type { Place } from '../../text/span.ts'
import type { Library } from './imports.ts'
import type { LadderWorld } from './ladder/code-inside.ts'
import { readLadder } from './ladder/read-ladder.ts'
import { readsVersion, versionWritten } from './ladder/version-calls.ts'
import { type Group, openingSites } from './openings/group-openings.ts'
import { readOpening } from './openings/read-opening.ts'
import { createdTables } from './schema/create-table.ts'
import { readTables } from './schema/read-tables.ts'
import { isWhole, mayDefine, rankOf } from './schema/schema-texts.ts'
import type { SiteReader } from './sites.ts'
import type { Opening, SchemaText, SqlCall, SqliteStore, Transaction } from './types.ts'

/** What a store needs of the link around it. */
export interface StoreSurroundings {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly world: LadderWorld
  group(key: string): Group | undefined
  nameOf(key: string): string
  /** The calls and transactions of the whole app, without tests. */
  calls(): readonly SqlCall[]
  transactions(): readonly Transaction[]
  /** True where some of its tables are made by another library. */
  isHandedOn(store: SqliteStore): boolean
  tablesInTexts(root: string): readonly string[]
  /** True where another database of the app has a statement that makes the table. */
  isMadeElsewhere(store: SqliteStore, table: string): boolean
}

/** A store and the parts of it that only the link uses. */
export interface StoreCore extends SqliteStore {
  readonly key: string
  /** The tables that its texts make, by folded names. */
  readonly madeTables: readonly string[]
}

const nowhere: Place = { file: '', span: { start: 0, end: 0 } }

/** The store of a group. */
export function createStore(key: string, around: StoreSurroundings): StoreCore {
  const { scope, library } = around
  const group = computed(() => around.group(key))
  const openings = settled(
    (): readonly Opening[] =>
      (group.value?.openings ?? []).flatMap(ref => {
        const site = openingSites(around.sites, ref.file)[ref.index]
        const opening = site && readOpening(scope, site, isTestFile(scope, ref.file))
        return opening ? [opening] : []
      }),
    (a, b) => a.length === b.length && a.every((one, i) => isSameOpening(one, b[i]!)),
  )
  const calls = settled(() => around.calls().filter(call => call.store === store), sameItems)
  const transactions = settled(() => around.transactions().filter(one => one.store === store), sameItems)
  /** Few of all calls: whoever needs the schema is not woken by the others. */
  const defining = settled(() => calls.value.filter(call => concernOf(call).defines), sameItems)
  /** What may have to do with the ladder: queries elsewhere wake nobody. */
  const nearSchema = settled(() => {
    const files = new Set<string>()
    for (const call of calls.value) if (concernOf(call).schema) files.add(call.at.file).add(call.handle.file)
    return calls.value.filter(call => files.has(call.at.file) || files.has(call.handle.file))
  }, sameItems)
  const ladderRead = computed(() => readLadder(around.world, store, nearSchema.value))
  const ladder = computed(() => ladderRead.value?.ladder)

  const schemaTexts = settled((): readonly SchemaText[] => {
    const stepTexts = ladderRead.value?.texts ?? []
    const inLadder = new Set(stepTexts.map(text => text.call))
    const others = defining.value.flatMap(call => {
      const rank = call.sql && !inLadder.has(call) ? rankOf(call.sql.text) : undefined
      return call.sql && rank !== undefined ? [{ rank, text: { call, sql: call.sql, version: undefined } }] : []
    })
    const sorted = others.sort((a, b) => a.rank - b.rank)
    // Indexes and alterations may be of tables that the ladder makes.
    const first = sorted.filter(one => one.rank < 2).map(one => one.text)
    const last = sorted.filter(one => one.rank >= 2).map(one => one.text)
    return [...first, ...stepTexts, ...last]
  }, isSameTexts)
  const knownSchema = settled(
    () => schemaTexts.value.filter(text => isWhole(text.call)).map(text => text.sql.text),
    sameItems,
  )
  const made = settled(
    () => schemaTexts.value.flatMap(text => createdTables(text.sql.text).map(one => foldName(one.name.text))),
    sameItems,
  )
  /** SQL that may be of this database, and may change its schema. */
  const strays = settled(
    () =>
      around.calls().filter(
        call =>
          call.store === undefined &&
          call.method.package === store.package &&
          concernOf(call).defines &&
          // What only drops something says nothing of what there is.
          (!call.sql || !isWhole(call) || rankOf(call.sql.text) !== undefined) &&
          scope.workspace().project(call.at.file).root === project.value.root,
      ),
    sameItems,
  )
  const isNamed = (table: string) => {
    const word = new RegExp(`(?<![\\w$])${table.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i')
    return calls.value.some(({ sql }) => sql !== undefined && word.test(sql.text))
  }
  const isComplete = gated(
    () =>
      openings.value.length > 0 &&
      openings.value.every(opening => !opening.isGiven) &&
      defining.value.every(isWhole) &&
      strays.value.length === 0 &&
      !around.isHandedOn(store) &&
      around
        .tablesInTexts(project.value.root)
        .every(table => made.value.includes(table) || around.isMadeElsewhere(store, table) || !isNamed(table)),
  )
  const shape = computed(() =>
    knownSchema.value.length === 0 ? undefined : scope.judge.ask({ kind: 'schema', schema: knownSchema.value }),
  )
  const entities = computed(() => (shape.value ? readTables(shape.value, schemaTexts.value, store.at) : []))
  const project = computed(() => scope.workspace().project(store.at.file))

  const store: StoreCore = {
    engine: 'sqlite',
    key,
    scope,
    library,
    get name() {
      return around.nameOf(key)
    },
    get at() {
      return openings.value[0]?.at ?? nowhere
    },
    get package() {
      return openings.value[0]?.package ?? 'expo-sqlite'
    },
    get project() {
      return project.value
    },
    get schemaAt() {
      return ladder.value?.at
    },
    get schemaFile() {
      return mainFile(schemaTexts.value)
    },
    get version() {
      const { target, steps, fresh } = ladder.value ?? {}
      return target ?? highest(steps?.map(step => step.version) ?? []) ?? fresh?.stamp
    },
    get openings() {
      return openings.value
    },
    get calls() {
      return calls.value
    },
    get transactions() {
      return transactions.value
    },
    get entities() {
      return entities.value
    },
    get complete() {
      return isComplete()
    },
    get schema() {
      return isComplete() ? knownSchema.value : undefined
    },
    get knownSchema() {
      return knownSchema.value
    },
    get madeTables() {
      return made.value
    },
    get schemaTexts() {
      return schemaTexts.value
    },
    get shape() {
      return shape.value
    },
    get ladder() {
      return ladder.value
    },
    get migrations() {
      return (ladder.value?.steps ?? []).map(step => ({ toVersion: step.version.value, at: step.body }))
    },
    get baseline() {
      return scope.baseline(store.name)
    },
  }
  return store
}

interface Concern {
  /** True where it may change the schema. */
  readonly defines: boolean
  /** True where it has to do with the schema or its version. */
  readonly schema: boolean
}

const concerns = new WeakMap<SqlCall, Concern>()

/** Calls never change: each is looked at once. */
function concernOf(call: SqlCall): Concern {
  const known = concerns.get(call)
  if (known) return known
  const defines = mayDefine(call)
  const concern = { defines, schema: defines || readsVersion(call) || versionWritten(call) !== undefined }
  concerns.set(call, concern)
  return concern
}

const highest = <T extends { readonly value: number }>(versions: readonly T[]): T | undefined =>
  versions.length === 0 ? undefined : versions.reduce((most, one) => (one.value > most.value ? one : most))

const isSameOpening = (a: Opening, b: Opening): boolean =>
  a.value.value === b.value.value && a.fact === b.fact && a.file?.text === b.file?.text && a.isGiven === b.isGiven

const isSameTexts = (a: readonly SchemaText[], b: readonly SchemaText[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.call === b[i]!.call && one.sql.text === b[i]!.sql.text && one.version === b[i]!.version)

/** The file with most of the schema. */
function mainFile(texts: readonly SchemaText[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { sql, call } of texts) {
    const file = sql.parts.find(part => part.literal)?.literal?.file ?? call.at.file
    counts.set(file, (counts.get(file) ?? 0) + sql.text.length)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
