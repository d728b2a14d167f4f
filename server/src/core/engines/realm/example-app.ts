// The small app around a rule's example, so that an example shows only what it is about.
import type { Example } from '../../rules/rule.ts'

/** The parts of an example app. Each is source text; what is not given is the plainest thing that works. */
export interface RealmExampleApp {
  /**
   * Plain object schemas by name: the inside of `{ name: '…', … }` behind the name, or the whole object where it begins
   * with `{`; all in `src/db/schema.ts` as `<name>Schema`, all in the realm's schema.
   */
  readonly classes?: Readonly<Record<string, string>>
  /** Bodies of classes that extend `Realm.Object`, each in `src/models/<Name>.ts`, all in the schema; or whole files where they contain `class `. */
  readonly models?: Readonly<Record<string, string>>
  /** `schemaVersion`; 1 where not said, none where `null`. */
  readonly version?: number | string | null
  /** Further keys of the configuration, one on each line. */
  readonly config?: string
  /** Further files by path, or replacements of the ones above. */
  readonly files?: Readonly<Record<string, string>>
}

const plainClass = `properties: {
  title: 'string',
},`

const indent = (text: string, by: string): string =>
  text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map(line => (line ? by + line : line))
    .join('\n')

/**
 * The files of an example app: `src/db/schema.ts` with plain schemas, `src/models/*.ts` with classes, `src/db/realm.ts`
 * with the configuration (`config`) and the opened realm (`openRealm`). To be used with `realm12` or another project.
 */
export function realmApp(app: RealmExampleApp): Record<string, string> {
  const models = Object.entries(app.models ?? {})
  const classes = Object.entries(app.classes ?? (models.length > 0 ? {} : { Task: plainClass }))
  const files: Record<string, string> = {}
  if (classes.length > 0) files['src/db/schema.ts'] = schemaText(classes)
  for (const [name, body] of models)
    files[`src/models/${name}.ts`] = body.includes('class ')
      ? body
      : `import Realm from 'realm'

export class ${name} extends Realm.Object<${name}> {
${indent(body, '  ')}
}
`
  const schemas = classes.map(([name]) => `${name}Schema`)
  const imports = [
    ...(schemas.length > 0 ? [`import { ${schemas.join(', ')} } from './schema'\n`] : []),
    ...models.map(([name]) => `import { ${name} } from '../models/${name}'\n`),
  ]
  const version = app.version === undefined ? 1 : app.version
  files['src/db/realm.ts'] = `import Realm from 'realm'
${imports.join('')}
export const config: Realm.Configuration = {
  schema: [${[...schemas, ...models.map(([name]) => name)].join(', ')}],
${version === null ? '' : `  schemaVersion: ${version},\n`}${app.config === undefined ? '' : `${indent(app.config, '  ')}\n`}}

export const openRealm = () => Realm.open(config)
`
  return { ...files, ...app.files }
}

/** The inside of a class with one property `x` in object form; `wrong` is the part of it that is marked. */
export function propertyOf(declaration: string, wrong?: string, words = ''): string {
  const mark = wrong && `//${' '.repeat(5 + declaration.lastIndexOf(wrong))}${'^'.repeat(wrong.length)} ${words}\n`
  return `properties: {\n  x: { ${declaration} },\n${mark ?? ''}},`
}

function schemaText(classes: readonly (readonly [string, string])[]): string {
  const schemas = classes.map(([name, body]) => {
    const own = body.trimStart()
    const spec = own.startsWith('{') ? own.trimEnd() : `{\n  name: '${name}',\n${indent(body, '  ')}\n}`
    return `export const ${name}Schema: Realm.ObjectSchema = ${spec}\n`
  })
  return `import Realm from 'realm'\n\n${schemas.join('\n')}`
}

/** The project of an app with realm 12, or with the version given. */
export const realmProject = (version = '12.15.0', react?: string): NonNullable<Example['project']> => ({
  versions: { realm: version, ...(react !== undefined && { '@realm/react': react }) },
})

/** The project of an app with realm 12. */
export const realm12 = realmProject()

/** The project of an app with realm 12 whose Babel config names `@realm/babel-plugin`. */
export const withBabelPlugin = (version = '12.15.0'): NonNullable<Example['project']> => ({
  ...realmProject(version),
  babel: {
    file: '/app/babel.config.js',
    presets: ['module:@react-native/babel-preset'],
    plugins: [
      { name: '@realm/babel-plugin' },
      { name: '@babel/plugin-proposal-decorators', options: { legacy: true } },
    ],
  },
})
