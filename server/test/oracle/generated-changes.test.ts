// Generating again after the schema has changed touches what follows from it and nothing else, and no file of a person.
import assert from 'node:assert/strict'
import type { Answers } from '../../../shared/scaffolds.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { typeErrors } from '../../testkit/sync/compile-app.ts'
import { expoNotes, mmkvNotes, opNotes } from '../../testkit/sync/example-apps.ts'
import { generateLayer, typeScriptProject } from '../../testkit/sync/generated-layer.ts'
import { examplesIn } from '../../testkit/sync/readme-blocks.ts'
import type { ProjectOptions } from '../../testkit/workspace-of.ts'

type Files = Readonly<Record<string, string>>
type Change = 'added' | 'removed' | 'renamed' | 'entity'
type Edits = Readonly<Partial<Record<Change, readonly [from: string, to: string]>>>

interface Target {
  readonly app: Files
  readonly answers: Answers
  readonly project?: ProjectOptions
  /** Where the schema is written. */
  readonly file: string
  readonly edits: Edits
  /** What follows from a field; an entity may touch more. */
  readonly follows: readonly string[]
  readonly followsEntity?: readonly string[]
  /** Changes of what the README names: the entities, and the field of its example. */
  readonly toldInReadme?: readonly Change[]
}

const plan = { plan: 'src/sync' }

const sqlEdits: Edits = {
  added: ['  tags JSON,', '  tags JSON,\n  color TEXT,'],
  removed: ['  body TEXT,\n', ''],
  // The field that the generated tests edit.
  renamed: ['  name TEXT NOT NULL', '  label TEXT NOT NULL'],
  // The first in the order of entities from now on.
  entity: [
    'CREATE TABLE IF NOT EXISTS folders',
    'CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY NOT NULL, email TEXT NOT NULL);\nCREATE TABLE IF NOT EXISTS folders',
  ],
}

const sqlApp = { file: 'src/db.ts', edits: sqlEdits, toldInReadme: ['renamed', 'entity'] } as const

const realmEdits: Edits = {
  added: ["      title: 'string',", "      title: 'string',\n      colour: 'string?',"],
  removed: ["      dueAt: 'date?',\n", ''],
  renamed: ["      title: 'string',", "      label: 'string',"],
}

const realmApp = { app: exampleFiles('tasks-realm'), file: 'src/models/Task.ts', edits: realmEdits }
const realmProject = { versions: { realm: '20.2.0' }, tsconfig: { file: `${appRoot}/tsconfig.json` } }

const rest = ['entities.ts', 'openapi.json', 'testing/samples.ts']
const graphql = ['documents.ts', 'entities.ts', 'schema.graphql', 'testing/samples.ts']

const targets: Readonly<Record<string, Target>> = {
  'expo-sqlite over REST': {
    ...{ app: expoNotes, answers: {}, ...sqlApp },
    follows: [...rest, 'tables.ts'],
  },
  'expo-sqlite over GraphQL': {
    ...{ app: expoNotes, answers: { transport: 'graphql' }, ...sqlApp },
    follows: [...graphql, 'tables.ts'],
  },
  'op-sqlite over REST': {
    ...{ app: opNotes, answers: {}, ...sqlApp },
    follows: [...rest, 'tables.ts'],
  },
  'MMKV over REST': {
    ...{ app: mmkvNotes, answers: { target: 'mmkv' }, ...sqlApp },
    follows: rest,
    followsEntity: [...rest, 'parents.ts'],
  },
  'MMKV over GraphQL': {
    ...{ app: mmkvNotes, answers: { target: 'mmkv', transport: 'graphql' }, ...sqlApp },
    follows: graphql,
    followsEntity: [...graphql, 'parents.ts'],
  },
  'Realm over REST': { ...realmApp, answers: {}, project: realmProject, follows: [...rest, 'classes.ts'] },
  'Realm over GraphQL': {
    ...{ ...realmApp, answers: { transport: 'graphql' }, project: realmProject },
    follows: [...graphql, 'classes.ts'],
  },
}

for (const [name, target] of Object.entries(targets)) {
  const { app, answers, file, edits, follows, project = typeScriptProject } = target
  const edited = (files: Files, change: Change): Files => {
    const [from, to] = edits[change] ?? ['', '']
    const before = files[file] ?? ''
    assert.ok(before.includes(from), `${file} holds no ${from}`)
    return { ...files, [file]: before.replace(from, () => to) }
  }

  describe(`a layer for ${name}, when the schema changes,`, function () {
    this.timeout(60_000)

    before(function () {
      needOracle(this)
    })

    for (const change of ['added', 'removed', 'renamed', 'entity'] as const) {
      if (edits[change] === undefined) continue
      it(`is touched only where it follows: ${change}`, () => {
        const once = generateLayer(app, answers, project)
        const { files, written } = generateLayer(edited(once.files, change), plan, project)
        const expected = change === 'entity' ? (target.followsEntity ?? follows) : follows
        const readme = target.toldInReadme?.includes(change) ? ['README.md'] : []
        assert.deepEqual(written, [...expected, ...readme].map(path => `src/sync/${path}`).sort())
        const layer = Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('src/sync/')))
        assert.deepEqual(typeErrors({ ...layer, ...examplesIn(layer['src/sync/README.md'] ?? '', 'src') }), [])
        // The same layer as one that is made for the new schema at once.
        const anew = generateLayer(edited(app, change), answers, project)
        assert.deepEqual(
          Object.fromEntries(Object.entries(anew.files).filter(([path]) => path.startsWith('src/sync/'))),
          layer,
        )
      })
    }

    it('keeps what a person has changed, and says so of what has fallen behind', () => {
      const once = generateLayer(app, answers, project)
      const ours = Object.keys(once.files).filter(path => /^src\/sync\/.*\.tsx?$/.test(path))
      const changed = Object.fromEntries(ours.map(path => [path, `${once.files[path]}\nexport const ours = 1\n`]))
      const { files, written, message } = generateLayer(edited({ ...once.files, ...changed }, 'added'), plan, project)
      assert.deepEqual(
        written.filter(path => /\.tsx?$/.test(path)),
        [],
      )
      for (const path of ours) assert.equal(files[path], changed[path], path)
      for (const path of follows.filter(one => one.endsWith('.ts'))) assert.ok(message.includes(path), message)
      assert.doesNotMatch(message, /drain\.ts/)
    })
  })
}

describe('a layer for WatermelonDB', function () {
  this.timeout(60_000)
  const project = { versions: { '@nozbe/watermelondb': '0.28.0' }, tsconfig: { file: `${appRoot}/tsconfig.json` } }
  const app = exampleFiles('notes')
  const grown = (files: Files): Files => {
    const schema = files['src/db/schema.ts'] ?? ''
    const wider = schema
      .replace('version: 3', 'version: 4')
      .replace(
        "{ name: 'title', type: 'string' },",
        "{ name: 'title', type: 'string' },\n        { name: 'icon', type: 'string' },",
      )
    assert.notEqual(wider, schema)
    return { ...files, 'src/db/schema.ts': wider }
  }

  it('keeps the version at which the sync was added when the schema grows', () => {
    const migrated = {
      ...app,
      'src/db/index.ts': (app['src/db/index.ts'] ?? '')
        .replace('import { schema }', "import { migrations } from './migrations'\nimport { schema }")
        .replace('  schema,\n', '  schema,\n  migrations,\n'),
    }
    for (const files of [app, migrated]) {
      const once = generateLayer(files, {}, project)
      const again = generateLayer(grown(once.files), plan, project)
      const create = 'src/sync/create-app-sync.ts'
      assert.ok(!again.written.includes(create), again.written.join(' '))
      // The layer's own tables raise the schema to this version, and the first sync of a phone is made under it.
      assert.match(again.files[create] ?? '', /migrationsEnabledAtVersion: 3,/)
      assert.ok(again.written.includes('src/sync/tables.ts'))
      assert.ok(again.written.includes('src/sync/openapi.json'))
      assert.ok(
        again.written.every(path => /\/(?:tables\.ts|openapi\.json|testing\/\S+)$/.test(path)),
        again.written.join(' '),
      )
    }
  })
})
