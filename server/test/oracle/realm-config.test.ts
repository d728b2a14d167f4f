// What the rules say of configurations, against what the real Realm says when it is asked to open them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { realmProject } from '../../src/core/engines/realm/example-app.ts'
import { removedMember, removedName } from '../../src/core/engines/realm/sync/removed-names.ts'
import type { Opening, RealmStore } from '../../src/core/engines/realm/types.ts'
import { rules } from '../../src/core/rules/all.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { needOracle, oracleFolder } from '../../testkit/oracle/installed.ts'
import { complaintOf20 } from '../../testkit/oracle/realm-20.ts'
import { type Configuration, configurationOf, refusalOf } from '../../testkit/oracle/realm-config.ts'
import { applyFix, findingsOf, type RunningApp, readExample, runApp } from '../../testkit/run-example.ts'

const exampleOf = (id: string): readonly Example[] => rules.find(rule => rule.id === id)?.examples ?? []

const optionsOf = (id: string, { project }: Example) => ({ enable: id, ...(project && { project }) })

const openingsOf = (app: RunningApp): readonly { store: RealmStore; opening: Opening }[] =>
  app.analyzer
    .stores()
    .flatMap(one => (one.engine === 'realm' ? [one as RealmStore] : []))
    .flatMap(store => store.openings.flatMap(opening => (opening.kind === 'other' ? [] : [{ store, opening }])))

/** True where a finding of the rule stands in an option of this opening. */
const isReported = (app: RunningApp, id: string, { entries }: Opening): boolean =>
  findingsOf(app, id).some(({ file, span }) =>
    [...entries.values()].some(({ at }) => at.file === file && at.span.start <= span.start && span.end <= at.span.end),
  )

/** What realm 20 says of a configuration in JavaScript, else what realm-core says. */
async function complaintOf(configuration: Configuration): Promise<string | undefined> {
  const said = complaintOf20({ ...configuration, path: configuration['path'] })
  return said ?? (await refusalOf({ ...configuration, path: undefined }))
}

/** Each opening of an app is refused where it is reported, and nowhere else. Gives how many were refused. */
async function assertAgreement(id: string, app: RunningApp, name: string): Promise<number> {
  let refused = 0
  for (const { store, opening } of openingsOf(app)) {
    // Keys are for the native library only, open realms for the provider.
    if (opening.entries.has('realm') || (opening.entries.has('inMemory') && opening.entries.has('encryptionKey')))
      continue
    const complaint = await complaintOf(configurationOf(store.scope, opening))
    const where = `${name}: ${[...opening.entries.keys()].join(', ')}`
    assert.equal(isReported(app, id, opening), complaint !== undefined, `${where}: Realm says ${complaint}`)
    if (complaint !== undefined) refused++
  }
  return refused
}

describe('oracle: configurations of Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  for (const id of ['realm/invalid-config', 'realm/sync-removed']) {
    it(`${id}: examples are refused where they are marked, and what is fixed is not`, async () => {
      let refused = 0
      for (const example of exampleOf(id)) {
        const version = example.project?.versions?.['realm']
        // Older versions have other checks.
        if (version === undefined || version.startsWith('10.')) continue
        if (id === 'realm/sync-removed' && !version.startsWith('20.')) continue
        const { files } = readExample(example)
        refused += await assertAgreement(id, runApp(files, optionsOf(id, example)), example.name)
      }
      assert.ok(refused >= 2, `${refused} refused`)
    })
  }

  it('fixes of invalid-config and sync-removed are opened', async () => {
    let fixed = 0
    for (const id of ['realm/invalid-config', 'realm/sync-removed'])
      for (const example of exampleOf(id)) {
        const app = runApp(readExample(example).files, optionsOf(id, example))
        for (const finding of findingsOf(app, id)) {
          const [fix] = app.analyzer.fixes(finding, app.context)
          if (!fix || !example.project?.versions?.['realm']?.startsWith('20.')) continue
          const after = runApp(applyFix(app, fix), optionsOf(id, example))
          for (const { store, opening } of openingsOf(after)) {
            const complaint = await complaintOf(configurationOf(store.scope, opening))
            assert.equal(complaint !== undefined, isReported(after, id, opening), complaint)
          }
          fixed++
        }
      }
    assert.ok(fixed >= 3, `${fixed} fixed`)
  })

  it('says what the messages say', async () => {
    const said = async (configuration: Configuration) => (await complaintOf(configuration)) ?? ''
    const onMigration = () => undefined
    assert.match(await said({ path: '' }), /path cannot be empty/)
    assert.match(await said({ schemaVersion: '3' }), /to be a number, got a string/)
    assert.match(await said({ schemaVersion: -1 }), /must be 0 or a positive integer/)
    assert.match(await said({ schemaVersion: 1.5 }), /must be 0 or a positive integer/)
    assert.match(await said({ encryptionKey: 'secret' }), /to be an ArrayBuffer, .* got a string/)
    assert.match(await said({ sync: {} }), /Expected 'sync' to be undefined, got an object/)
    assert.match(
      await said({ deleteRealmIfMigrationNeeded: true, onMigration }),
      /Cannot set 'deleteRealmIfMigrationNeeded' when 'onMigration' is set/,
    )
    assert.match(
      await said({ deleteRealmIfMigrationNeeded: true, readOnly: true }),
      /Cannot set 'deleteRealmIfMigrationNeeded' when 'readOnly' is set/,
    )
    assert.match(await said({ readOnly: true, onMigration }), /do not use a migration function/)
  })

  it('types that are wrong are refused one by one, and reported', async () => {
    const values: Readonly<Record<string, unknown>> = {
      "'a'": 'a',
      '1': 1,
      true: true,
      null: null,
      '() => {}': () => undefined,
    }
    const options = [
      ...['path', 'fifoFilesFallbackPath', 'schemaVersion', 'inMemory', 'readOnly', 'deleteRealmIfMigrationNeeded'],
      ...['disableFormatUpgrade', 'onMigration', 'shouldCompact', 'encryptionKey', 'excludeFromIcloudBackup'],
    ]
    let refused = 0
    for (const option of options)
      for (const [text, value] of Object.entries(values)) {
        const files = {
          'src/db.js': `import Realm from 'realm'\n\nexport const realm = new Realm({ ${option}: ${text} })\n`,
        }
        const app = runApp(files, { project: realmProject('20.2.0') })
        const complaint = complaintOf20({ [option]: value })
        const found = findingsOf(app, 'realm/invalid-config')
        assert.equal(found.length > 0, complaint !== undefined, `${option}: ${text}: ${complaint}`)
        if (complaint !== undefined) refused++
      }
    assert.ok(refused > 30, `${refused} refused`)
  })

  it('keys that are dead, unknown or misspelled are taken without a word', async () => {
    let count = 0
    for (const id of ['realm/dead-config-key', 'realm/unknown-config-key'])
      for (const example of exampleOf(id)) {
        const app = runApp(readExample(example).files, optionsOf(id, example))
        for (const { store, opening } of openingsOf(app)) {
          if (!isReported(app, id, opening)) continue
          const configuration = configurationOf(store.scope, opening)
          assert.equal(await complaintOf(configuration), undefined, [...opening.entries.keys()].join())
          count++
        }
      }
    assert.ok(count >= 6, `${count} taken`)
  })

  it('never calls onFirstOpen', async () => {
    let calls = 0
    assert.equal(await refusalOf({ schema: [], onFirstOpen: () => calls++ }), undefined)
    assert.equal(calls, 0)
  })

  it('two openings of one path conflict as the rule says', async () => {
    const onMigration = () => undefined
    const pairs: readonly (readonly [first: string, second: string, says: RegExp | undefined])[] = [
      ['schemaVersion: 1', 'schemaVersion: 2', /already opened with different schema version/],
      ['schemaVersion: 2', 'schemaVersion: 1', /already opened with different schema version/],
      ['schemaVersion: 1', '', /already opened with different schema version/],
      ['schemaVersion: 1', 'schemaVersion: 1, readOnly: true', /already opened with different read permissions/],
      ['schemaVersion: 1', 'schemaVersion: 1, inMemory: true', /already opened with different inMemory settings/],
      [
        'schemaVersion: 1',
        'schemaVersion: 1, deleteRealmIfMigrationNeeded: true',
        /already opened with a different schema mode/,
      ],
      ['schemaVersion: 0', '', undefined],
      ['schemaVersion: 1', 'schemaVersion: 1, readOnly: false, inMemory: false', undefined],
      ['schemaVersion: 1', 'schemaVersion: 1, deleteRealmIfMigrationNeeded: false', undefined],
      ['schemaVersion: 1, onMigration: () => {}', 'schemaVersion: 1, onMigration: () => {}', undefined],
    ]
    for (const [first, second, says] of pairs) {
      const line = (name: string, options: string) =>
        `export const ${name} = () => new Realm({ path: 'a.realm', schema: [Task]${options && `, ${options}`} })\n`
      const files = {
        'src/db.js': `import Realm from 'realm'\n\nconst Task = { name: 'Task', properties: { title: 'string' } }\n${line('one', first)}${line('two', second)}`,
      }
      const app = runApp(files, { project: realmProject('20.2.0') })
      const parse = (options: string): Configuration => ({
        schema: [],
        ...Object.fromEntries(
          options
            .split(', ')
            .filter(Boolean)
            .map(option => option.split(': '))
            .map(([key, text]) => [key, text === '() => {}' ? onMigration : JSON.parse(text ?? 'null')]),
        ),
      })
      const refusal = await refusalOf(parse(first), parse(second))
      const found = findingsOf(app, 'realm/conflicting-config')
      if (says) assert.match(refusal ?? '', says)
      else assert.equal(refusal, undefined)
      assert.equal(found.length, says ? 1 : 0, `${first} / ${second}`)
      if (says) assert.match(found[0]!.message, says)
    }
  })

  it('what realm 20 still has is not taken for removed', () => {
    const folder = join(oracleFolder, 'node_modules', 'realm', 'dist', 'public-types')
    const types = readdirSync(folder)
      .filter(file => file.endsWith('.d.ts'))
      .map(file => readFileSync(join(folder, file), 'utf8'))
    const kept = types.flatMap(text =>
      [
        ...text.matchAll(
          /^\s*export (?:declare |abstract |import )*(?:class |enum |type |const |function |interface )?(\w+)/gm,
        ),
      ].map(([, name]) => name!),
    )
    assert.ok(kept.includes('UpdateMode') && kept.includes('Configuration') && kept.includes('ProgressRealmPromise'))
    assert.deepEqual(
      kept.filter(name => removedName(`Realm.${name}`)),
      [],
    )
    for (const member of ['syncSession', 'subscriptions', 'subscribe', 'unsubscribe', 'progress']) {
      assert.ok(removedMember(member), member)
      const isThere = types.some(text => new RegExp(`^\\s*(?:get )?${member}\\(`, 'm').test(text))
      assert.equal(isThere, false, member)
    }
  })

  it('realm 12 refuses what sync-config reports', async () => {
    const sync = { user: {}, flexible: true }
    for (const option of ['onMigration', 'inMemory', 'deleteRealmIfMigrationNeeded'])
      assert.match(
        (await refusalOf({ schema: [], sync, [option]: option === 'onMigration' ? () => undefined : true })) ?? '',
        new RegExp(`options '${option}' and 'sync' cannot both be defined`),
      )
  })
})
