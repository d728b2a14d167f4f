// "Generate Sync Layer" for WatermelonDB: what is written follows the schema, compiles against the real packages, and is told to the server.
import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type * as Graphql from 'graphql'
import type { Answers } from '../../../../shared/scaffolds.ts'
import { needOracle, requireOracle } from '../../../testkit/oracle/installed.ts'
import { typeErrors } from '../../../testkit/sync/compile-app.ts'
import { expoNotes, opOrders } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import openApiSchema from '../../../testkit/sync/openapi/schema.json' with { type: 'json' }

const schema = (columns = '') => `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: 3,
  tables: [
    tableSchema({
      name: 'tasks',
      columns: [
        { name: 'list_id', type: 'string', isIndexed: true },
        { name: 'title', type: 'string' },
        { name: 'done', type: 'boolean' },
        { name: 'meta', type: 'string', isOptional: true },
        { name: 'due_at', type: 'number', isOptional: true },
        { name: 'rank', type: 'number' },${columns}
      ],
    }),
    tableSchema({ name: 'lists', columns: [{ name: 'name', type: 'string' }] }),
    tableSchema({ name: 'drafts', columns: [{ name: 'text', type: 'string' }] }),
  ],
})
`
const models = `import { Model } from '@nozbe/watermelondb'
import { date, field, json, text } from '@nozbe/watermelondb/decorators'

export class Task extends Model {
  static table = 'tasks'
  static associations = { lists: { type: 'belongs_to', key: 'list_id' } } as const
  @text('title') title!: string
  @field('done') done!: boolean
  @json('meta', value => value) meta!: object
  @date('due_at') dueAt!: Date
  @field('rank') rank!: number
}

export class List extends Model {
  static table = 'lists'
  static associations = { tasks: { type: 'has_many', foreignKey: 'list_id' } } as const
  @text('name') name!: string
}
`
const database = (migrations: string) => `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { List, Task } from './models'
import { schema } from './schema'

export const migrations = schemaMigrations({ migrations: [${migrations}] })
export const database = new Database({
  adapter: new SQLiteAdapter({ dbName: 'app', schema, migrations }),
  modelClasses: [Task, List],
})
`
const manifest = JSON.stringify({ dependencies: { '@nozbe/watermelondb': '0.28.0', zod: '4.0.0' } })
const app = (columns = '', migrations = '{ toVersion: 3, steps: [] }') => ({
  'package.json': manifest,
  'src/schema.ts': schema(columns),
  'src/models.ts': models,
  'src/database.ts': database(migrations),
})
const rest: Answers = { target: 'watermelondb', exclude: ['drafts'] }
const graphql: Answers = { ...rest, transport: 'graphql', endpoint: 'https://api.example.com/graphql' }

describe('a sync layer for WatermelonDB', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  const choices: readonly (readonly [string, Answers])[] = [
    ['REST, field merge', { ...rest, conflicts: 'fieldMerge', deletes: 'editWins' }],
    ['REST, the server wins, no audit', { ...rest, conflicts: 'lww', audit: 'no' }],
    ['GraphQL, people decide', { ...graphql, conflicts: 'manual', deletes: 'ask' }],
    ['GraphQL, a rule of the app', { ...graphql, conflicts: 'custom' }],
  ]
  for (const [name, answers] of choices) {
    it(`compiles: ${name}`, () => {
      assert.deepEqual(typeErrors(layerOf(app(), answers)), [])
    })

    it(`is the same when it is generated twice: ${name}`, () => {
      const once = generateLayer(app(), answers)
      assert.deepEqual(generateLayer(once.files, { plan: 'src/sync' }).written, [])
    })
  }

  it('syncs parents before children, with the types that the models give the columns', () => {
    const tables = layerOf(app(), rest)['src/sync/tables.ts'] ?? ''
    assert.ok(tables.indexOf('lists: {') < tables.indexOf('tasks: {'), tables)
    assert.match(tables, /meta: jsonText\.nullable\(\)/)
    assert.match(tables, /due_at: z\.int\(\)\.nullable\(\)/)
    assert.match(tables, /rank: z\.number\(\)/)
    assert.match(tables, /json: \['meta'\]/)
    assert.doesNotMatch(tables, /drafts/)
  })

  it('remembers the version at which the sync was added, where the adapter has migrations', () => {
    assert.match(layerOf(app(), rest)['src/sync/create-app-sync.ts'] ?? '', /migrationsEnabledAtVersion: 4,/)
    // The migration for the tables of the layer is the first one here.
    assert.match(layerOf(app('', ''), rest)['src/sync/create-app-sync.ts'] ?? '', /migrationsEnabledAtVersion: 3,/)
  })

  it('keeps that version when the schema grows', () => {
    const { files } = generateLayer(app(), rest)
    const grown = files['src/schema.ts']?.replace('version: 4', 'version: 5') ?? ''
    const again = generateLayer({ ...files, 'src/schema.ts': grown }, { plan: 'src/sync' })
    assert.match(again.files['src/sync/create-app-sync.ts'] ?? '', /migrationsEnabledAtVersion: 4,/)
  })

  it('touches only what follows from the schema when a column is added', () => {
    for (const [answers, contract] of [
      [rest, ['openapi.json']],
      [graphql, ['documents.ts', 'schema.graphql']],
    ] as const) {
      const once = generateLayer(app(), answers)
      const rank = "{ name: 'rank', type: 'number' },"
      const grown = once.files['src/schema.ts']?.replace(
        rank,
        `${rank}\n        { name: 'color', type: 'string', isOptional: true },`,
      )
      assert.ok(grown?.includes('color'))
      const { written } = generateLayer({ ...once.files, 'src/schema.ts': grown ?? '' }, { plan: 'src/sync' })
      assert.deepEqual(written, [...contract, 'tables.ts', 'testing/app.ts'].map(name => `src/sync/${name}`).sort())
    }
  })

  it('has the files for people only where they decide', () => {
    const asks = Object.keys(layerOf(app(), { ...rest, conflicts: 'manual' }))
    const never = Object.keys(layerOf(app(), { ...rest, conflicts: 'lww', audit: 'no' }))
    for (const name of ['use-conflicts.ts', 'ConflictScreen.tsx']) {
      assert.ok(asks.includes(`src/sync/watermelondb/${name}`), name)
      assert.ok(!never.includes(`src/sync/watermelondb/${name}`), name)
    }
  })

  it('says which tables of its own the app needs', () => {
    const needed = (answers: Answers) =>
      /before these are in .*: (.*)\. \*/.exec(layerOf(app(), answers)['src/sync/create-app-sync.ts'] ?? '')?.[1]
    assert.equal(needed({ ...rest, conflicts: 'lww', audit: 'no' }), 'sync_state')
    assert.equal(needed({ ...rest, conflicts: 'manual' }), 'sync_state, sync_conflicts, sync_audit')
  })

  it('has a task for the background where the app has a package for it', () => {
    const packages = JSON.stringify({
      dependencies: { '@nozbe/watermelondb': '0.28.0', 'react-native-background-fetch': '4.2.8' },
    })
    const files = layerOf({ ...app(), 'package.json': packages }, { ...rest, conflicts: 'manual' })
    assert.ok('src/sync/background/react-native-background-fetch.ts' in files)
    assert.ok(!('src/sync/core/create-sync.ts' in files))
    assert.deepEqual(typeErrors(files), [])
  })
})

describe('the OpenAPI document of a layer for WatermelonDB', () => {
  it('is valid, and all it refers to is there', () => {
    const text = layerOf(app(), rest)['src/sync/openapi.json'] ?? ''
    const document = JSON.parse(text) as { components: Record<string, Record<string, object>> }
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
    // The validator loses its way with the one dynamic reference, which leads to the schema's own part here.
    const schemaText = JSON.stringify(openApiSchema).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')
    const validate = ajv.compile(JSON.parse(schemaText))
    assert.ok(validate(document), ajv.errorsText(validate.errors))
    const refs = [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)]
    assert.ok(refs.length > 10)
    for (const [, kind = '', name = ''] of refs) assert.ok(document.components[kind]?.[name], name)
  })
})

describe('the GraphQL contract of a sync layer', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  const sqlite: Answers = { transport: 'graphql', exclude: [], endpoint: 'https://api.example.com/graphql' }
  const layers: readonly (readonly [string, () => Record<string, string>])[] = [
    ['WatermelonDB', () => layerOf(app(), graphql)],
    ['an outbox in expo-sqlite', () => layerOf(expoNotes, sqlite)],
    ['an outbox in op-sqlite', () => layerOf(opOrders, sqlite)],
  ]
  for (const [name, layer] of layers) {
    it(`is a schema, and the app's documents fit it: ${name}`, () => {
      const files = layer()
      const { buildSchema, parse, validate } = requireOracle('graphql') as typeof Graphql
      const contract = buildSchema(files['src/sync/schema.graphql'] ?? '')
      const documents = documentsOf(files['src/sync/documents.ts'] ?? '')
      assert.ok(documents.length >= 2)
      for (const text of documents) assert.deepEqual(validate(contract, parse(text)), [], text)
    })
  }

  it('compiles for an outbox', () => {
    assert.deepEqual(typeErrors(layerOf(expoNotes, sqlite)), [])
  })
})

function layerOf(files: Readonly<Record<string, string>>, answers: Answers): Record<string, string> {
  const generated = generateLayer(files, answers).files
  return Object.fromEntries(Object.entries(generated).filter(([path]) => path.startsWith('src/sync/')))
}

function documentsOf(text: string): string[] {
  return [...text.matchAll(/gql`([^`]*)`/g)].map(match => match[1] ?? '')
}
