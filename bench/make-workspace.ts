// Writes WatermelonDB apps of any size, plausible and free of findings, to measure language servers on.
import { rmSync } from 'node:fs'
import { type BenchWorkspace, type Named, namedAt, write } from './bench-workspace.ts'
import { libraryStubs } from './library-stubs.ts'

/** Writes an app of `models` tables of 11 columns to `root`, replacing what was there. */
export function makeWorkspace(root: string, models: number): BenchWorkspace {
  rmSync(root, { recursive: true, force: true })
  const all = Array.from({ length: models }, (_, index) => modelOf(index, models))
  write(root, 'package.json', packageJson())
  write(root, 'tsconfig.json', tsconfigJson())
  for (const [file, text] of Object.entries(libraryStubs)) write(root, `types/watermelondb/${file}`, text)
  write(root, 'src/db/schema.ts', schemaText(all))
  write(root, 'src/db/migrations.ts', migrationsText(all))
  write(root, 'src/db/index.ts', databaseText(all))
  for (const model of all) write(root, `src/models/${model.name}.ts`, modelText(model, all))
  for (let index = 0; index < models / 10; index++) {
    const model = all[index * 10]
    if (model !== undefined) write(root, `src/screens/${model.name}Screen.ts`, screenText(model, all))
  }
  const edited = all[Math.floor(models / 4)]
  if (edited === undefined) throw new Error('A workspace needs a model')
  const near = `name: '${edited.table}'`
  return {
    root,
    models,
    modelFile: `src/models/${edited.name}.ts`,
    schemaFile: 'src/db/schema.ts',
    edits: {
      // A column name that is not in the schema, and a name that SQLite would not take.
      ours: { model: { text: "@text('title", key: 'x' }, schema: { text: "name: 'title", near, key: '-' } },
      // A type that there is not, and a column type that is none: the same lines, also one character.
      tsc: {
        model: { text: "@text('title') title!: string", key: 'x' },
        schema: { text: "name: 'title', type: 'string", near, key: 'x' },
      },
    },
  }
}

interface BenchModel extends Named {
  readonly table: string
}

const schemaVersion = 9

function modelOf(index: number, count: number): BenchModel {
  const named = namedAt(index, count)
  return { ...named, table: `${named.name.replace(/\d+$/, '').toLowerCase()}_${index}` }
}

const columns = [
  `{ name: 'title', type: 'string' }`,
  `{ name: 'body', type: 'string', isOptional: true }`,
  `{ name: 'position', type: 'number' }`,
  `{ name: 'is_done', type: 'boolean' }`,
  `{ name: 'status', type: 'string', isIndexed: true }`,
  `{ name: 'payload', type: 'string', isOptional: true }`,
  `{ name: 'due_at', type: 'number', isOptional: true }`,
  `{ name: 'parent_id', type: 'string', isIndexed: true }`,
  `{ name: 'notes', type: 'string', isOptional: true }`,
  `{ name: 'created_at', type: 'number' }`,
  `{ name: 'updated_at', type: 'number' }`,
]

function columnLines(indent: string): string {
  return columns.map(column => `${indent}${column},\n`).join('')
}

function schemaText(all: readonly BenchModel[]): string {
  const tables = all.map(
    model => `    tableSchema({
      name: '${model.table}',
      columns: [
${columnLines('        ')}      ],
    }),
`,
  )
  return `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: ${schemaVersion},
  tables: [
${tables.join('')}  ],
})
`
}

/** One table in ten was created by a migration, one in ten gained a column by one. */
function migrationsText(all: readonly BenchModel[]): string {
  const entries = Array.from({ length: schemaVersion - 1 }, (_, index) => {
    const toVersion = index + 2
    const steps = all
      .filter(model => 2 + (Math.floor(model.index / 10) % (schemaVersion - 1)) === toVersion)
      .map(model => stepText(model))
    return `    {
      toVersion: ${toVersion},
      steps: [
${steps.join('')}      ],
    },
`
  })
  return `import { addColumns, createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
${entries.join('')}  ],
})
`
}

function stepText(model: BenchModel): string {
  if (model.index % 10 === 3)
    return `        createTable({
          name: '${model.table}',
          columns: [
${columnLines('            ')}          ],
        }),
`
  if (model.index % 10 === 7)
    return `        addColumns({ table: '${model.table}', columns: [{ name: 'notes', type: 'string', isOptional: true }] }),
`
  return ''
}

function databaseText(all: readonly BenchModel[]): string {
  return `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
${all.map(model => `import { ${model.name} } from '../models/${model.name}'\n`).join('')}import { migrations } from './migrations'
import { schema } from './schema'

const adapter = new SQLiteAdapter({ schema, migrations, jsi: true, dbName: 'app' })

export const database = new Database({
  adapter,
  modelClasses: [
${all.map(model => `    ${model.name},\n`).join('')}  ],
})
`
}

function modelText(model: BenchModel, all: readonly BenchModel[]): string {
  const parent = all[model.parent] ?? model
  const child = model.child === undefined ? undefined : all[model.child]
  const others = [...new Set([parent.name, child?.name])].filter(name => name !== undefined && name !== model.name)
  return `import { Model, type Query, type Relation } from '@nozbe/watermelondb'
import { children, date, field, immutableRelation, json, readonly, text, writer } from '@nozbe/watermelondb/decorators'
${others.map(name => `import type { ${name} } from './${name}'\n`).join('')}
export interface ${model.name}Payload {
  readonly tags: readonly string[]
}

const toPayload = (raw: unknown): ${model.name}Payload => ({
  tags: typeof raw === 'object' && raw !== null && 'tags' in raw && Array.isArray(raw.tags) ? raw.tags : [],
})

/** One row of ${model.table}. */
export class ${model.name} extends Model {
  static table = '${model.table}'

  static associations = {
    ${parent.table}: { type: 'belongs_to', key: 'parent_id' },
${child ? `    ${child.table}: { type: 'has_many', foreignKey: 'parent_id' },\n` : ''}  } as const

  @text('title') title!: string
  @text('body') body!: string | null
  @field('position') position!: number
  @field('is_done') isDone!: boolean
  @field('status') status!: string
  @json('payload', toPayload) payload!: ${model.name}Payload | null
  @date('due_at') dueAt!: Date | null
  @field('parent_id') parentId!: string
  @text('notes') notes!: string | null
  @readonly @date('created_at') createdAt!: Date
  @readonly @date('updated_at') updatedAt!: Date

  @immutableRelation('${parent.table}', 'parent_id') parent!: Relation<${parent.name}>
${child ? `  @children('${child.table}') items!: Query<${child.name}>\n` : ''}
  get isLate(): boolean {
    return this.dueAt !== null && !this.isDone && this.dueAt.getTime() < Date.now()
  }

  @writer async finish(): Promise<void> {
    await this.update(record => {
      record.isDone = true
      record.status = 'done'
    })
  }

  @writer async moveTo(position: number): Promise<void> {
    await this.update(record => {
      record.position = position
    })
  }
}
`
}

function screenText(model: BenchModel, all: readonly BenchModel[]): string {
  const child = model.child === undefined ? undefined : all[model.child]
  return `import { Q } from '@nozbe/watermelondb'
import { database } from '../db'
import type { ${model.name} } from '../models/${model.name}'

export function open${model.name}s(status: string) {
  return database
    .get<${model.name}>('${model.table}')
    .query(Q.where('is_done', false), Q.where('status', status), Q.sortBy('created_at', Q.desc), Q.take(50))
}

export function find${model.name}s(position: number) {
  return database
    .get<${model.name}>('${model.table}')
    .query(Q.or(Q.where('position', Q.gt(position)), Q.where('due_at', null))${
      child ? `, Q.on('${child.table}', 'is_done', false)` : ''
    })
    .observe()
}

export async function add${model.name}(title: string, parentId: string): Promise<${model.name}> {
  return database.write(async () =>
    database.get<${model.name}>('${model.table}').create(record => {
      record.title = title
      record.parentId = parentId
    }),
  )
}
`
}

function packageJson(): string {
  return `${JSON.stringify(
    { name: 'bench-app', version: '1.0.0', private: true, dependencies: { '@nozbe/watermelondb': '0.28.0' } },
    null,
    2,
  )}\n`
}

function tsconfigJson(): string {
  return `${JSON.stringify(
    {
      compilerOptions: {
        target: 'ES2022',
        module: 'ESNext',
        moduleResolution: 'bundler',
        lib: ['ES2022'],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        experimentalDecorators: true,
        useDefineForClassFields: false,
        paths: {
          '@nozbe/watermelondb': ['./types/watermelondb/index.d.ts'],
          '@nozbe/watermelondb/*': ['./types/watermelondb/*'],
        },
      },
      include: ['src', 'types'],
    },
    null,
    2,
  )}\n`
}
