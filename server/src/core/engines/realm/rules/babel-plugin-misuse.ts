// A class is written in a way that @realm/babel-plugin refuses or ignores, or needs the plugin where there is none.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { MemberFact } from '../../../facts/file-facts.ts'
import type { Evidence, FixContext, Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import { basename } from '../../../text/path.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { hasPlugin, isFromRealm, isSeenByPlugin } from '../models/babel-plugin.ts'
import { hasLiteral, isCast } from '../models/literal-value.ts'
import { readModelClass } from '../models/read-model-class.ts'
import { isPluginOff } from '../models/static-schema.ts'
import type { CodeOfFile, ModelClass } from '../types.ts'

type Data =
  | { readonly kind: 'nameless'; readonly model: ModelClass; readonly scope: Scope }
  | { readonly kind: 'literal'; readonly written: Located; readonly end: number; readonly scope: Scope }

type Found = Evidence<Data | undefined>

const keys: ReadonlySet<string> = new Set(['name', 'primaryKey', 'embedded', 'asymmetric'])

const opened = { 'src/db.ts': "import Realm from 'realm'\n\nexport const realm = new Realm({ schemaVersion: 1 })\n" }
const models = (text: string) => ({
  ...opened,
  'src/models.ts': `import Realm, { index, mapTo } from 'realm'\n\n${text}`,
})

export const babelPluginMisuse: Rule<CodeOfFile, Data | undefined> = {
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
      if (isOn && isSeen) yield* misuse(code, model)
      else if (!isSeen || isPluginOff(scope, file, code.stores())) yield* strayDecorators(code, model, isOn === true)
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

/** What the plugin refuses or ignores of a class that it translates. */
function* misuse(code: CodeOfFile, model: ModelClass): Generator<Found> {
  const { file, fact } = model
  if (fact.name === 'default' && fact.superclass)
    yield {
      at: { file, span: fact.superclass.at },
      message: 'This class has no name, so @realm/babel-plugin crashes and stops the build. Give it a name.',
      data: { kind: 'nameless', model, scope: code.scope },
    }
  for (const member of fact.members) {
    if (!member.isStatic) {
      yield* mappedName(code, member)
      continue
    }
    if (member.kind !== 'property') continue
    if (member.name === 'schema')
      yield {
        at: { file, span: member.nameAt },
        message: `@realm/babel-plugin writes the schema of "${model.name}" from its members, and stops the build at a "static schema" of its own. Declare the properties as typed members instead.`,
      }
    const { initializer } = member
    if (!keys.has(member.name) || !initializer || isTaken(member)) continue
    yield {
      at: { file, span: initializer.at },
      message: `@realm/babel-plugin takes literals only, so this "${member.name}" is ignored without a word${effects[member.name] ?? ''}. Write the literal here.`,
      data: { kind: 'literal', written: { value: initializer, file }, end: endOf(member), scope: code.scope },
    }
  }
}

const effects: Readonly<Record<string, string>> = {
  primaryKey: ': the class has no primary key',
  name: ': the class is stored under its name in the code, which a build may shorten',
}

const isTaken = (member: MemberFact): boolean => {
  const wanted = member.name === 'name' || member.name === 'primaryKey' ? 'string' : 'boolean'
  // A value of the wrong kind is ignored as well, and stands for what it says.
  return hasLiteral(member) && (member.initializer?.kind === wanted || member.initializer?.kind === 'null')
}

function* mappedName({ scope, file }: CodeOfFile, member: MemberFact): Generator<Found> {
  for (const { callee, args } of member.decorators) {
    const name = decoratorName(scope, file, callee)
    const [first] = args ?? []
    if (!name || !first || first.kind === 'string') continue
    yield {
      at: { file, span: first.at },
      message: `@realm/babel-plugin takes literals only, so this @${name} is ignored without a word${name === 'mapTo' ? `: "${member.name}" is stored under its own name` : ''}. Write the literal here.`,
      data: { kind: 'literal', written: { value: first, file }, end: first.at.end, scope },
    }
  }
}

/** Decorators that are left to run, which they only do to throw. */
function* strayDecorators({ scope, file }: CodeOfFile, { fact }: ModelClass, isOn: boolean): Generator<Found> {
  for (const member of fact.members)
    for (const { callee, at } of member.decorators) {
      const name = decoratorName(scope, file, callee)
      if (!name) continue
      yield {
        at: { file, span: at },
        message: isOn
          ? `@${name} throws when the app loads it, as @realm/babel-plugin does not see this class. Let it extend Realm.Object itself, as a class declaration in a TypeScript file.`
          : `@${name} throws when the app loads it without @realm/babel-plugin, which the Babel config does not name. Add the plugin, or write a "static schema".`,
      }
    }
}

/** `index` or `mapTo` where a decorator leads to an import of the library. */
function decoratorName(scope: Scope, file: string, callee: Value): string | undefined {
  const isIt = (name: string | undefined) => name === 'index' || name === 'mapTo'
  if (callee.kind === 'name')
    return isIt(callee.name) && isFromRealm(scope, file, callee.key ?? '') ? callee.name : undefined
  if (callee.kind !== 'member' || callee.of.kind !== 'name' || callee.of.name !== 'Realm') return undefined
  return isIt(callee.name) && isFromRealm(scope, file, callee.of.key ?? '') ? callee.name : undefined
}

/** Where the value of a member ends, with the cast behind it. */
const endOf = ({ at, initializer }: MemberFact): number =>
  initializer && isCast({ at, initializer }) ? at.end : initializer!.at.end

function inlineLiteral({ written, end, scope }: Data & { kind: 'literal' }, context: FixContext) {
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
