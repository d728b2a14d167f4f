// A class is written in a way that @realm/babel-plugin refuses or ignores, or needs the plugin where there is none.
import type { FixContext, Rule } from '../../../rules/rule.ts'
import { basename } from '../../../text/path.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { hasPlugin, isSeenByPlugin } from '../models/babel-plugin.ts'
import { type PluginFault, pluginMisuse, strayDecorators } from '../models/plugin-faults.ts'
import { readModelClass } from '../models/read-model-class.ts'
import { isPluginOff } from '../models/static-schema.ts'
import type { CodeOfFile } from '../types.ts'

const opened = { 'src/db.ts': "import Realm from 'realm'\n\nexport const realm = new Realm({ schemaVersion: 1 })\n" }
const models = (text: string) => ({
  ...opened,
  'src/models.ts': `import Realm, { index, mapTo } from 'realm'\n\n${text}`,
})

export const babelPluginMisuse: Rule<CodeOfFile, PluginFault | undefined> = {
  id: 'realm/babel-plugin-misuse',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'With `@realm/babel-plugin`: a class has its own `static schema`, has no name, or says its key, its name or `mapTo` by something else than a literal. Without it: a class uses `@index` or `@mapTo`.',
    why: 'The build stops (`Classes extending Realm.Object cannot define their own schema static`), the app throws when it loads the file (`The @index decorator cannot be used without ..`), or the key is ignored without a word.',
    fix: 'Names the class after its file, and writes the literal that a constant stands for.',
  },
  *check(code) {
    const { scope, file, library } = code
    for (const key of scope.classKeys(file)) {
      const read = readModelClass(scope, library, { file, key })
      if (!read) continue
      const { model } = read
      const isSeen = isSeenByPlugin(scope, model)
      const isOn = hasPlugin(scope.workspace().project(file))
      if (isOn && isSeen) yield* pluginMisuse(code, model)
      else if (!isSeen || isPluginOff(scope, file, code.stores())) yield* strayDecorators(code, model, isOn !== false)
    }
  },
  fix({ data }, context) {
    if (!data) return undefined
    if (data.kind === 'literal') return inlineLiteral(data, context)
    const { file, fact } = data.model
    const head = context.text(file)?.slice(fact.at.start, fact.bodyAt.start) ?? ''
    const name = nameOfFile(file)
    const found = /\bclass\b/.exec(head)
    if (!found || name === undefined || data.scope.binding(file, name)) return undefined
    const at = fact.at.start + found.index + found[0].length
    return { title: `Name the class "${name}"`, safe: false, edits: [{ file, start: at, end: at, text: ` ${name}` }] }
  },
  examples: [
    {
      name: 'a schema of its own',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `title!: string
static schema = { name: 'Task', properties: { title: 'string' } }
       ^^^^^^ stops the build`,
        },
      }),
    },
    {
      name: 'no name',
      project: withBabelPlugin(),
      files: {
        ...opened,
        'src/models/task-item.ts': `import Realm from 'realm'

export default class extends Realm.Object {
//                           ^^^^^^^^^^^^ has no name
  title!: string
}
`,
      },
      fixed: {
        'src/models/task-item.ts': `import Realm from 'realm'

export default class TaskItem extends Realm.Object {
  title!: string
}
`,
      },
    },
    {
      name: 'keys that are no literals',
      project: withBabelPlugin(),
      files: models(`const key = '_id'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  @mapTo(key) title!: string
  //     ^^^ takes literals only
  static primaryKey = key
  //                  ^^^ "primaryKey" is ignored
  static embedded = isPart()
  //                ^^^^^^^^ "embedded" is ignored
}
`),
    },
    {
      name: 'a key with a cast',
      project: withBabelPlugin(),
      files: models(`export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  static primaryKey = '_id' as const
  //                  ^^^^^ "primaryKey" is ignored
}
`),
      fixed: models(`export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  static primaryKey = '_id'
}
`),
    },
    {
      name: 'a constant as key',
      project: withBabelPlugin(),
      files: models(`const key = '_id'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  static primaryKey = key
  //                  ^^^ literals only
}
`),
      fixed: models(`const key = '_id'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  static primaryKey = '_id'
}
`),
    },
    {
      name: 'decorators without the plugin',
      project: { ...realm12, babel: { file: '/app/babel.config.js', presets: [], plugins: [] } },
      files: models(`export class Task extends Realm.Object<Task> {
  @index title!: string
  ^^^^^^ throws when the app loads it
  @mapTo('t') other!: string
  ^^^^^^^^^^^ without @realm/babel-plugin
  @Realm.index third!: string
  ^^^^^^^^^^^^ throws
  static schema = { name: 'Task', properties: { title: 'string', other: 'string', third: 'string' } }
}
`),
    },
    {
      name: 'decorators of a class that the plugin does not see',
      project: withBabelPlugin(),
      files: models(`class Base extends Realm.Object {}
export class Task extends Base {
  @index title!: string
  ^^^^^^ does not see this class
}
`),
    },
    {
      name: 'what the plugin takes; decorators of others; a config that only running would tell',
      project: withBabelPlugin(),
      files: {
        ...opened,
        'src/models.ts': `import Realm, { index, mapTo, Object } from 'realm'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  @index @mapTo('t') title!: string
  @index('full-text') text!: string
  static primaryKey = '_id'
  static embedded = false
  static generate() { return { title: '' } }
  static limit = 10 * 2
}
export class User extends Object<User> { name!: string }
class Plain { static schema = { name: 'Plain' } }
export const Far = class extends Realm.Object { static schema = { name: 'Far', properties: {} } }
`,
        'src/other.ts': `import { index } from 'typeorm'

export class Row { @index name!: string }
`,
      },
    },
    {
      name: 'a Babel config that only running would tell',
      project: { ...realm12, babel: 'unknown' },
      files: models('export class Task extends Realm.Object<Task> {\n  @index title!: string\n}\n'),
    },
  ],
}

function inlineLiteral({ written, end, scope }: PluginFault & { kind: 'literal' }, context: FixContext) {
  const source = context.text(written.file)
  const text = scope.text(written)?.text
  const flag = scope.boolean(written)
  if (source === undefined || (text === undefined && flag === undefined)) return undefined
  const { start } = written.value.at
  const literal = text === undefined ? String(flag) : quoted(text, styleOf(source))
  const behind = source.slice(start, end).endsWith(';') ? ';' : ''
  const edit = { file: written.file, start, end, text: literal + behind }
  return { title: `Write ${literal}`, safe: false, edits: [edit] }
}

/** `TaskItem` for `task-item.ts`; undefined where the file's name makes no class name. */
function nameOfFile(file: string): string | undefined {
  const words = basename(file)
    .replace(/\..*$/, '')
    .split(/[^A-Za-z0-9$]+/)
  const name = words.map(word => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z$][\w$]*$/.test(name) && name !== 'Index' ? name : undefined
}
