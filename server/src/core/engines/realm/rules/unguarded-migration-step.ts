// A copy in a migration runs at every later version again, when what it copies is gone.
import type { Rule } from '../../../rules/rule.ts'
import { indentBlock, lineIndent, styleOf } from '../../../write/style.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { MigrationAccess, MigrationRead, RealmStore } from '../types.ts'

interface Data {
  readonly store: RealmStore
  readonly migration: MigrationRead
}

const copy = `const olds = oldRealm.objects<any>('Task')
const news = newRealm.objects<any>('Task')
for (let i = 0; i < olds.length; i++) {
  news[i].title = olds[i].name
}`
const task = { Task: "properties: { title: 'string', tags: 'string[]' }," }
const lines = (text: string, by: string) => text.replaceAll('\n', `\n${by}`)

export const unguardedMigrationStep: Rule<RealmStore, Data> = {
  id: 'realm/unguarded-migration-step',
  severity: 'warning',
  early: true,
  on: 'store',
  docs: {
    what: 'A step of `onMigration` copies from a property that the schema does not have any more, without a test of `oldRealm.schemaVersion`.',
    why: '`onMigration` runs once at every higher version. At the next one the old property is undefined: optional values are overwritten by null, required ones throw and the app cannot open its data.',
    fix: 'Puts the steps into `if (oldRealm.schemaVersion < …)`.',
  },
  *check(store) {
    const { migration, version } = store
    if (!migration || !version) return
    const seen = new Set<string>()
    for (const { realm, kind, isGuarded, reads, at, className } of migration.steps) {
      if (realm !== 'new' || kind === 'delete-model' || isGuarded) continue
      const gone = reads.find(read => isGone(store, read))
      const place = `${at.file}:${at.span.start}`
      if (!gone || seen.has(place)) continue
      seen.add(place)
      yield {
        at: gone.at,
        message: `This copy of "${gone.property}" into "${className}" runs again at every later version, when the old file has no "${gone.property}" any more: then it overwrites the copied values, or throws and the app cannot open its data. Test "oldRealm.schemaVersion" before it.`,
        data: { store, migration },
      }
    }
  },
  fix({ data: { store, migration } }, context) {
    const { oldName, branches, file, fn } = migration
    const version = store.version?.value
    const text = context.text(file)
    const body = store.scope.usage(file)?.functions[fn]?.bodyAt
    // Where there are branches already, only the author knows to which a step belongs.
    if (text === undefined || !body || !oldName || !version || branches.length > 0 || text[body.start] !== '{')
      return undefined
    const style = styleOf(text)
    const inside = text.slice(body.start + 1, body.end - 1)
    const inner = lineIndent(text, body.start) + style.indent
    if (!inside.startsWith(style.newline)) return undefined
    const block = inside.trim()
    const start = body.start + 1 + inside.indexOf(block)
    const wrapped = [
      `if (${oldName}.schemaVersion < ${version}) {`,
      inner + style.indent + indentBlock(block.replaceAll('\r\n', '\n'), style.indent, style.newline),
      `${inner}}`,
    ].join(style.newline)
    return {
      title: `Run it only for versions below ${version}`,
      safe: false,
      edits: [{ file, start, end: start + block.length, text: wrapped }],
    }
  },
  examples: [
    {
      name: 'a copy without a test',
      project: realm12,
      files: realmApp({
        classes: task,
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {
  ${lines(copy, '  ').replace('.name', '.name\n//                          ^^^^ runs again')}
},`,
      }),
      fixed: {
        'src/db/realm.ts': realmApp({
          classes: task,
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    ${lines(copy, '    ')}
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a test around it, or before it',
      project: realm12,
      files: realmApp({
        classes: task,
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion >= 2) return
  ${lines(copy, '  ')}
},`,
      }),
    },
    {
      name: 'what can run again: values that are still there, values that are computed',
      project: realm12,
      files: realmApp({
        classes: task,
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {
  const olds = oldRealm.objects<any>('Task')
  newRealm.objects<any>('Task').forEach((task, i) => {
    task.title = olds[i].title ?? ''
    task.tags = []
  })
},`,
      }),
    },
  ],
}

/** True for what the next version will not find in the file: the present schema has no such property. */
function isGone(store: RealmStore, { realm, className, property }: MigrationAccess): boolean {
  if (realm !== 'old') return false
  const now = store.class(className)
  if (!now) return store.complete
  return (
    now.complete &&
    now.fields.every(field => !field.unclear && field.persisted.text !== property) &&
    !isMember(property)
  )
}

/** What every object has besides its properties. */
const isMember = (name: string): boolean =>
  /^(?:toJSON|keys|entries|isValid|objectSchema|linkingObjects|linkingObjectsCount|getPropertyType|_objectKey|_objectId|constructor|toString)$/.test(
    name,
  )
