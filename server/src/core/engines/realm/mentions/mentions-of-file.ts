// Puts together what a file mentions: what the classes and the migration of each realm say, and what its code says.

import { computed } from '@preact/signals-core'
import type { Mention } from '../../../catalog/mention.ts'
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import { mentionsOfUnits, together, type UnitMentions } from '../../../catalog/unit-mentions.ts'
import type { StoreCore } from '../store.ts'
import type { CodeOfFile, MigrationRead, Property, RealmClass } from '../types.ts'
import { classMentions } from './class-mentions.ts'
import { codeMentions } from './code-mentions.ts'
import { migrationMentions } from './migration-mentions.ts'

/** What mentions are made of. */
export interface MentionSources {
  readonly scope: Scope
  stores(): readonly StoreCore[]
  code(file: string): CodeOfFile
}

/** The mentions of each file, computed when asked for and remembered until something that they depend on changes. */
export function createMentions(sources: MentionSources): (file: string) => readonly Mention[] {
  const { scope } = sources
  const readers = new WeakMap<StoreCore, ReturnType<typeof unitsOfStore>>()
  const readersOf = (store: StoreCore) => {
    const known = readers.get(store) ?? unitsOfStore(scope, store)
    readers.set(store, known)
    return known
  }
  const inCode = keyed((file: string): readonly Mention[] =>
    isTestFile(scope, file) ? [] : [...codeMentions(sources.code(file))],
  )
  // Objects that are written and texts of queries may stand in other files, and only who uses them knows what they name.
  const all = computed(() => scope.files().flatMap(file => inCode(file).filter(mention => mention.at.file !== file)))
  const fromElsewhere = keyed((file: string) => all.value.filter(mention => mention.at.file === file), sameItems)

  return keyed((file: string) => {
    const ofUnits = sources.stores().flatMap(store => readersOf(store).flatMap(read => read(file)))
    // What a migration names it names as a migration, not as a query or a write.
    const migrated = new Set(
      ofUnits.flatMap(unit => unit.shared.flatMap(one => (isMigration(one) ? one.at.span.start : []))),
    )
    return together(ofUnits, [
      ...inCode(file).filter(({ at }) => at.file === file && !migrated.has(at.span.start)),
      // All code of the workspace is read for this, so only files that can be meant ask for it.
      ...(givesAway(scope, file) ? fromElsewhere(file) : []),
    ])
  })
}

const isMigration = (mention: Mention): boolean => mention.kind !== 'word' && mention.part === 'migration'

/** True for a file that exports objects or texts which code elsewhere may write and query with. */
function givesAway(scope: Scope, file: string): boolean {
  const module = scope.module(file)
  if (!module) return false
  const isData = (kind: string | undefined) => kind === 'object' || kind === 'string' || kind === 'array'
  return Object.values(module.exports).some(one =>
    one.kind === 'value'
      ? isData(one.value.kind)
      : one.kind === 'binding' &&
        isData(module.bindings[one.key]?.value?.kind) &&
        module.bindings[one.key]?.kind !== 'enum',
  )
}

/** What the classes and the migration of a store mention in a file, in lists that change apart from one another. */
function unitsOfStore(scope: Scope, store: StoreCore): readonly ((file: string) => readonly UnitMentions[])[] {
  const about = () => store.name
  return [
    mentionsOfUnits<RealmClass>({
      about,
      list: () => store.classes,
      files: one => filesOfClass(scope, one),
      read: (one, of) => classMentions(scope, of, one),
      home: one => one.at,
    }),
    mentionsOfUnits<MigrationRead>({
      about,
      list: () => (store.migration ? [store.migration] : []),
      files: filesOfMigration,
      read: (migration, of) => migrationMentions(scope, of, migration),
    }),
  ]
}

function* filesOfClass(scope: Scope, one: RealmClass): Generator<string | undefined> {
  yield one.at.file
  yield one.name.at.file
  yield one.nameEntry?.value.file
  yield one.model?.file
  yield one.primaryKeyEntry?.value.file
  yield one.primaryKey?.at.file
  for (const property of one.fields) yield* filesOfProperty(scope, property)
}

function* filesOfProperty(
  scope: Scope,
  { at, name, member, entry, type, entries }: Property,
): Generator<string | undefined> {
  yield at.file
  yield name.at.file
  yield member?.file
  yield type?.at.file
  for (const key of ['type', 'objectType', 'property']) {
    const value = entries.get(key)?.value
    yield value?.file
    yield value && scope.text(value)?.at.file
  }
  if (entry?.value.value.kind !== 'template') return
  // Names of classes may be put into types that stand in constants elsewhere.
  for (const part of entry.value.value.values) yield scope.follow({ value: part, file: entry.value.file }).file
}

function* filesOfMigration(migration: MigrationRead): Generator<string | undefined> {
  yield migration.file
  for (const { call, className } of migration.calls) {
    yield call.file
    yield className?.at.file
  }
  for (const { nameAt } of migration.steps) yield nameAt?.file
}
