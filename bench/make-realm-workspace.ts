// Writes Realm apps of any size, plausible and free of findings, to measure language servers on.
import { rmSync } from 'node:fs'
import { type BenchWorkspace, type Named, namedAt, write } from './bench-workspace.ts'

/**
 * Writes an app of `count` classes of 11 properties to `root`, replacing what was there: one half have a JavaScript class in
 * a file of its own, the other half are embedded objects of these, all in one file.
 */
export function makeRealmWorkspace(root: string, count: number): BenchWorkspace {
  rmSync(root, { recursive: true, force: true })
  const half = Math.ceil(count / 2)
  const all = Array.from({ length: half }, (_, index) => namedAt(index, half))
  write(root, 'package.json', packageJson())
  write(root, 'tsconfig.json', tsconfigJson())
  write(root, 'types/realm.d.ts', realmStub)
  write(root, 'src/realm/schemas.ts', schemasText(all))
  write(root, 'src/realm/index.ts', realmText(all))
  for (const one of all) write(root, `src/models/${one.name}.ts`, classText(one, all))
  for (let index = 0; index < half / 10; index++) {
    const one = all[index * 10]
    if (one !== undefined) write(root, `src/screens/${one.name}Screen.ts`, screenText(one))
  }
  const edited = all[Math.floor(half / 4)]
  if (edited === undefined) throw new Error('A workspace needs a class')
  const modelFile = `src/models/${edited.name}.ts`
  const schemaFile = 'src/realm/schemas.ts'
  const near = `name: '${edited.name}Details'`
  return {
    root,
    models: count,
    modelFile,
    schemaFile,
    edits: {
      // A type that there is not: in the object form it can be told from the class alone.
      ours: {
        model: { text: "position: { type: 'int", key: 'x' },
        schema: { text: "position: { type: 'int", near, key: 'x' },
      },
      tsc: {
        model: { text: 'declare title: string', key: 'x' },
        schema: { text: 'embedded: true', near, key: 'x' },
      },
    },
  }
}

const schemasText = (all: readonly Named[]): string => `import type Realm from 'realm'

export const detailSchemas: Realm.ObjectSchema[] = [
${all
  .map(
    ({ name }) => `  {
    name: '${name}Details',
    embedded: true,
    properties: {
      summary: 'string',
      body: 'string?',
      position: { type: 'int', default: 0 },
      isDone: { type: 'bool', default: false },
      status: { type: 'string', indexed: true },
      payload: 'mixed',
      dueAt: 'date?',
      owner: 'uuid?',
      tags: 'string[]',
      scores: { type: 'dictionary', objectType: 'int' },
      createdAt: 'date',
    },
  },
`,
  )
  .join('')}]
`

const realmText = (all: readonly Named[]): string => `import Realm from 'realm'
${all.map(({ name }) => `import { ${name} } from '../models/${name}'\n`).join('')}import { detailSchemas } from './schemas'

export const config: Realm.Configuration = {
  schema: [
    ...detailSchemas,
${all.map(({ name }) => `    ${name},\n`).join('')}  ],
  schemaVersion: 9,
}

export const openRealm = () => Realm.open(config)
`

function classText({ name, parent, child }: Named, all: readonly Named[]): string {
  const parentName = all[parent]?.name ?? name
  const childName = child === undefined ? undefined : all[child]?.name
  const others = [...new Set([parentName, childName])].filter(one => one !== undefined && one !== name)
  return `import Realm from 'realm'
${others.map(one => `import type { ${one} } from './${one}'\n`).join('')}
/** One ${name}. */
export class ${name} extends Realm.Object<${name}> {
  declare _id: Realm.BSON.ObjectId
  declare title: string
  declare body: string | null
  declare position: number
  declare isDone: boolean
  declare status: string
  declare dueAt: Date | null
  declare parent: ${parentName} | null
  declare createdAt: Date
  declare updatedAt: Date
${childName === undefined ? '' : `  declare items: Realm.Types.LinkingObjects<${childName}, 'parent'>\n`}
  static schema: Realm.ObjectSchema = {
    name: '${name}',
    primaryKey: '_id',
    properties: {
      _id: 'objectId',
      title: 'string',
      body: 'string?',
      position: { type: 'int', default: 0 },
      isDone: { type: 'bool', default: false },
      status: { type: 'string', indexed: true },
      details: '${name}Details?',
      dueAt: 'date?',
      parent: '${parentName}?',
      createdAt: 'date',
      updatedAt: 'date',
${childName === undefined ? '' : `      items: { type: 'linkingObjects', objectType: '${childName}', property: 'parent' },\n`}    },
  }

  get isLate(): boolean {
    return this.dueAt !== null && !this.isDone && this.dueAt.getTime() < Date.now()
  }
}
`
}

const screenText = ({ name }: Named): string => `import type Realm from 'realm'
import { ${name} } from '../models/${name}'

export const open${name}s = (realm: Realm, status: string) =>
  realm.objects<${name}>('${name}').filtered('isDone == false AND status == $0', status).sorted('createdAt', true)

export function finish${name}s(realm: Realm, before: Date) {
  realm.write(() => {
    for (const one of realm.objects<${name}>('${name}').filtered('dueAt < $0', before)) one.isDone = true
  })
}
`

const packageJson = (): string =>
  `${JSON.stringify({ name: 'bench-app', version: '1.0.0', private: true, dependencies: { realm: '12.15.0' } }, null, 2)}\n`

const tsconfigJson = (): string =>
  `${JSON.stringify(
    {
      compilerOptions: {
        target: 'ES2020',
        module: 'ESNext',
        moduleResolution: 'bundler',
        lib: ['ES2022'],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        paths: { realm: ['./types/realm.d.ts'] },
      },
      include: ['src', 'types'],
    },
    null,
    2,
  )}\n`

/** Declarations of Realm in our own words, just rich enough for a type checker to have its usual work with a generated app. */
const realmStub = `declare namespace Realm {
  namespace BSON { class ObjectId { toHexString(): string } }
  namespace Types { type LinkingObjects<T, P extends keyof T> = Results<T> & { readonly by?: P } }
  interface PropertySchema { type: string; objectType?: string; property?: string; optional?: boolean; indexed?: boolean; default?: unknown }
  interface ObjectSchema { name: string; primaryKey?: string; embedded?: boolean; properties: Record<string, string | PropertySchema> }
  interface Configuration { schema?: (ObjectSchema | (new (...args: never[]) => unknown))[]; schemaVersion?: number; path?: string }
  interface Results<T> extends Iterable<T> { filtered(query: string, ...args: unknown[]): Results<T>; sorted(by: string, reverse?: boolean): Results<T>; readonly length: number }
  class Object<T = unknown> { isValid(): boolean; toJSON(): Record<string, unknown>; readonly self?: T }
}
declare class Realm {
  static open(config: Realm.Configuration): Promise<Realm>
  objects<T>(name: string): Realm.Results<T>
  write<T>(work: () => T): T
}
export default Realm
`
