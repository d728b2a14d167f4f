// The Babel plugin leaves a member out of the schema, or makes a link of it that leads nowhere.
import type { Scope } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { realmApp, withBabelPlugin } from '../example-app.ts'
import { retypeMember, shownType } from '../models/retype-member.ts'
import { isFresh } from '../schema/is-fresh.ts'
import type { ClassInStore, DroppedMember, ModelClass } from '../types.ts'

interface Data {
  readonly scope: Scope
  readonly model: ModelClass
  readonly dropped: DroppedMember
}

export const unmappableType: Rule<ClassInStore, Data> = {
  id: 'realm/unmappable-type',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'A member of a class that `@realm/babel-plugin` translates has a type that the plugin does not know (`string[]`, `T | null`, `any`), takes for a class (`Array<string>`, an enum), or cannot see because its import is only used in types.',
    why: 'The member is left out of the schema and its values are never stored, which only a warning of the build says; or opening the realm throws `unknown object type`, so the app does not start.',
    fix: 'Writes the type that the plugin knows: `Realm.List<string>`, `x?: T`, `Realm.Types.Int`.',
  },
  *check({ class: one, scope }) {
    const { model } = one
    if (!model) return
    for (const dropped of one.dropped) {
      const { member, meant } = dropped
      const { type, initializer, name } = member.fact
      if (!isData(scope, dropped)) continue
      const span = type?.at ?? initializer?.at ?? member.nameAt.span
      const todo = meant === undefined ? 'Give it a type that the plugin knows.' : `Write ${shownType(meant)}.`
      yield {
        at: { file: member.file, span },
        message: `${problem(dropped, name)} ${todo}`,
        data: { scope, model, dropped },
      }
    }
  },
  fix({ data: { scope, model, dropped } }, context) {
    const edits = retypeMember(scope, model, dropped, context)
    return edits && { title: `Change the type to ${shownType(dropped.meant ?? '')}`, safe: false, edits }
  },
  examples: [
    ...(
      [
        ['tags!: string[]', 'string[]', 'tags!: Realm.List<string>', 'never stored. Write Realm.List<string>'],
        ['tags: string[] = []', 'string[]', 'tags!: Realm.List<string>', 'never stored'],
        ['note!: string | null', 'string | null', 'note?: string', 'never stored. Write ?: string'],
        ['note: string | null = null', 'string | null', 'note?: string', 'never stored'],
        ['owner!: Task | undefined | null', 'Task | undefined | null', 'owner?: Task', 'never stored'],
        ['extra: any', 'any', 'extra: Realm.Mixed', 'never stored'],
        ['id!: Realm.ObjectId', 'Realm.ObjectId', 'id!: Realm.BSON.ObjectId', 'never stored'],
        ['all!: Array<string>', 'Array<string>', 'all!: Realm.List<string>', 'opening the realm throws'],
        [
          'map!: Record<string, Task>',
          'Record<string, Task>',
          'map!: Realm.Dictionary<Task>',
          'opening the realm throws',
        ],
        ['raw!: Uint8Array', 'Uint8Array', 'raw!: ArrayBuffer', 'opening the realm throws'],
        [
          "back!: Realm.LinkingObjects<Task, 'owner'>",
          "Realm.LinkingObjects<Task, 'owner'>",
          'back!: Realm.Types.LinkingObjects<Task, "owner">',
          'never stored',
        ],
      ] as const
    ).map(([before, wrong, after, words]) => ({
      name: before,
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `${before}\n${' '.repeat(before.indexOf(wrong))}${'^'.repeat(wrong.length)} ${words}`,
        },
      }),
      fixed: { 'src/models/Task.ts': realmApp({ models: { Task: after } })['src/models/Task.ts']! },
    })),
    {
      name: 'imports that only types use',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import { Object, Types, List } from 'realm'

export class Task extends Object<Task> {
  count!: Types.Int
  //      ^^^^^^^^^ The import of "Types" is used in types only
  tags!: List<string>
  //     ^^^^^^^^^^^^ The import of "List" is used in types only
}
`,
        },
      }),
    },
    {
      name: 'an import that only types use, beside Realm',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import Realm, { Types } from 'realm'

export class Task extends Realm.Object<Task> {
  count!: Types.Int
  //      ^^^^^^^^^ Write Realm.Types.Int
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm, { Types } from 'realm'

export class Task extends Realm.Object<Task> {
  count!: Realm.Types.Int
}
`,
      },
    },
    {
      name: 'an array in a class that extends an imported Object',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import { Object } from 'realm'

export class Task extends Object<Task> {
  tags!: number[]
  //     ^^^^^^^^ Write Realm.List<number>
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import { Object } from 'realm'
import Realm from 'realm'

export class Task extends Realm.Object<Task> {
  tags!: Realm.List<number>
}
`,
      },
    },
    {
      name: 'enums, and members without a type',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import Realm from 'realm'

enum State { Open = 'open', Done = 'done' }

export class Task extends Realm.Object<Task> {
  state!: State
  //      ^^^^^ a link to a class "State"
  rank = -1
  //     ^^ never stored
  tags = []
  //     ^^ Give it a type
  kind = 'a' as const
  //     ^^^ never stored
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm from 'realm'

enum State { Open = 'open', Done = 'done' }

export class Task extends Realm.Object<Task> {
  state!: string
  rank = -1
  tags = []
  kind = 'a' as const
}
`,
      },
    },
    {
      name: 'LinkingObjects without the name of a property stop the build',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `back!: Realm.Types.LinkingObjects<Task>\n       ${'^'.repeat(32)} stops the build`,
        },
      }),
    },
    {
      name: 'what the plugin knows, functions, what is made at run time',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `_id: Realm.BSON.ObjectId = new Realm.BSON.ObjectId()
title!: string
count: Realm.Types.Int = 0
due?: Date
parent?: Task
tags!: Realm.List<string>
places!: Realm.Dictionary<string>
any!: Realm.Mixed
back!: Realm.Types.LinkingObjects<Task, 'parent'>
isDone = () => this.count > 0
onChange!: () => void
cache = new Map()
logger = createLogger()
static helpers: string[] = []
get label() { return this.title }`,
        },
      }),
    },
    {
      name: 'the preset keeps imports',
      project: {
        versions: { realm: '12.15.0' },
        babel: { file: '/app/babel.config.js', presets: [], plugins: [{ name: '@realm/babel-plugin' }] },
      },
      files: realmApp({
        models: {
          Task: `import { Object, Types, List } from 'realm'

export class Task extends Object<Task> {
  count!: Types.Int
  tags!: List<string>
}
`,
        },
      }),
    },
  ],
}

/** True for what is meant to be stored: no functions, no objects that code makes for itself. */
function isData(scope: Scope, { member: { fact, file }, why }: DroppedMember): boolean {
  const { type, initializer } = fact
  if (why !== 'dropped') return true
  if (initializer?.kind === 'function' || type?.text.includes('=>')) return false
  if (type) return !/^[\w$]+\./.test(type.text) || /^(?:Realm|Types|BSON)\./.test(type.text)
  if (!initializer) return true
  const isPlain = ['string', 'number', 'boolean', 'null', 'array', 'object'].includes(initializer.kind)
  return isPlain || isFresh(scope, { value: initializer, file })
}

function problem({ member, why, link }: DroppedMember, name: string): string {
  const type = member.fact.type?.text
  const first = /^[\w$]+/.exec(type ?? '')?.[0] ?? ''
  if (why === 'elided-import')
    return `The import of "${first}" is used in types only, so Babel takes it away before @realm/babel-plugin looks: "${name}" is not stored, or becomes a link that makes opening the realm throw.`
  if (why === 'wrong-link')
    return `@realm/babel-plugin takes the type of "${name}" for a link to a class "${link}", which the schema cannot have: opening the realm throws and the app does not start.`
  if (type === undefined)
    return `@realm/babel-plugin cannot tell the type of "${name}" by its value and leaves it out of the schema: its values are never stored.`
  if (/^(?:Realm\.)?Types\.LinkingObjects\b/.test(type))
    return `@realm/babel-plugin wants the class and the name of its property, as in Realm.Types.LinkingObjects<Task, "owner">: it stops the build.`
  return `@realm/babel-plugin does not know the type ${type} and leaves "${name}" out of the schema: its values are never stored.`
}
