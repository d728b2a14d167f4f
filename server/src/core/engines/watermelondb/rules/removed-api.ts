// Code uses what the installed version of the library no longer has.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { type CallValue, walkValue } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Place, Span } from '../../../text/span.ts'
import { isAtLeast } from '../../../text/version.ts'
import { changeDecorator } from '../change-decorator.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { methodCall, modelAround } from '../read-collection.ts'
import { moveDecoratorImport, rootDecorators } from '../root-decorators.ts'
import type { CodeOfFile, Decorator } from '../types.ts'

type Data =
  | { readonly kind: 'decorator'; readonly decorator: Decorator; readonly code: CodeOfFile }
  | { readonly kind: 'name'; readonly at: Place; readonly name: string }
  | { readonly kind: 'import'; readonly code: CodeOfFile; readonly at: Span }
  | undefined

type Found = Generator<Evidence<Data>>

const renamed: Readonly<Record<string, string>> = {
  'Q.experimentalSortBy': 'sortBy',
  'Q.experimentalTake': 'take',
  'Q.experimentalSkip': 'skip',
}

/** Options of the Loki adapter that were renamed or moved before 0.24 (`src/adapters/lokijs/index.js`). */
const lokiOptions: Readonly<Record<string, string>> = {
  experimentalUseIncrementalIndexedDB: 'useIncrementalIndexedDB',
  indexedDBSerializer: 'extraIncrementalIDBOptions: { serializeChunk, deserializeChunk }',
  onIndexedDBFetchStart: 'extraIncrementalIDBOptions: { onFetchStart }',
  onIndexedDBVersionChange: 'extraIncrementalIDBOptions: { onversionchange }',
  autosave: 'extraLokiOptions: { autosave }',
}

const screen = (text: string) => ({ 'src/screen.ts': `import { database } from './db'\n\n${text}` })
const old = { versions: { '@nozbe/watermelondb': '0.25.5' } }

export const removedApi: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/removed-api',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`@action`, `database.action()` and `subAction()` are gone since 0.26; JavaScript may also use older names of queries, adapter options and imports.',
    why: 'The type definitions still declare some of them, so the compiler is silent, but at run time they are undefined and the app crashes.',
    fix: 'Uses the present name: `@writer`, `database.write()`, `callWriter()`, `Q.sortBy()` …',
  },
  *check(code) {
    const versions = code.scope.workspace().project(code.file).versions
    const version = code.library.packages.map(name => versions[name]).find(one => one !== undefined)
    if (isAtLeast(version, '0.26')) yield* actions(code)
    if (isJavaScript(code.file)) {
      if (isAtLeast(version, '0.24')) yield* oldNames(code)
      yield* rootImports(code)
    }
  },
  fix({ data }, context) {
    if (!data) return undefined
    if (data.kind === 'name') {
      const { file, span } = data.at
      const edit: TextEdit = { file, start: span.start, end: span.end, text: data.name }
      return { title: `Use ${data.name}`, safe: true, edits: [edit] }
    }
    const isImport = data.kind === 'import'
    const edits = isImport
      ? moveDecoratorImport(data.code, data.at, context)
      : changeDecorator(data.code.scope, data.decorator, 'writer', context)
    return edits && { title: isImport ? 'Import from /decorators' : 'Use @writer', safe: true, edits }
  },
  examples: [
    {
      name: '@action and subAction',
      files: exampleApp({
        models: {
          Post: `import { Model } from '@nozbe/watermelondb'
import { action, writer } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
  @action async publish() {}
  ^^^^^^^ Use @writer
  @writer async both() {
    await this.subAction(() => this.publish())
    //         ^^^^^^^^^ Use callWriter()
  }
}
`,
        },
      }),
      fixed: {
        'src/models/Post.ts': `import { Model } from '@nozbe/watermelondb'
import { action, writer } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
  @writer async publish() {}
  @writer async both() {
    await this.subAction(() => this.publish())
  }
}
`,
      },
    },
    {
      name: 'database.action',
      files: exampleApp({
        files: screen(
          'export const save = () => database.action(async () => {})\n//                                 ^^^^^^ Use write()\n',
        ),
      }),
      fixed: screen('export const save = () => database.write(async () => {})\n'),
    },
    {
      name: 'JavaScript with old names',
      files: exampleApp({
        files: {
          'src/old.js': `import { Q, Model, field } from '@nozbe/watermelondb'
//                 ^^^^^ not exported
import { database } from './db'

export const load = () => database.get('posts').query(Q.experimentalTake(3)).fetch()
//                                                      ^^^^^^^^^^^^^^^^ Use take()
`,
        },
      }),
      fixed: {
        'src/old.js': `import { Q, Model } from '@nozbe/watermelondb'
import { field } from '@nozbe/watermelondb/decorators'
import { database } from './db'

export const load = () => database.get('posts').query(Q.experimentalTake(3)).fetch()
`,
      },
    },
    {
      name: 'an older version, and other things called action',
      project: old,
      files: exampleApp({ files: screen('export const save = () => database.action(async () => {})\n') }),
    },
    {
      name: 'other things called action',
      files: exampleApp({
        files: screen('export const save = (store: any) => store.action(() => database.write(async () => {}))\n'),
      }),
    },
  ],
}

function* actions(code: CodeOfFile): Found {
  const { scope, file } = code
  for (const key of scope.classKeys(file)) {
    const model = code.models.model({ file, key })
    for (const member of model?.members ?? []) {
      const decorator = member.decorators.find(one => one.name === 'action')
      if (!decorator || !model?.fact.members.includes(member.fact)) continue
      yield {
        at: decorator.at,
        message:
          '@action is gone since version 0.26: it is undefined at run time, and the file throws when it is imported. Use @writer.',
        data: { kind: 'decorator', decorator, code },
      }
    }
  }
  for (const { value, fn } of scope.usage(file)?.calls ?? []) {
    for (const part of walkValue(value)) {
      const method = methodCall(part)
      if (method?.call.callee.kind !== 'member') continue
      const at = { file, span: method.call.callee.nameAt }
      const model = method.of.kind === 'this' ? modelAround(code, fn) : undefined
      if (method.name === 'subAction' && model && !model.members.some(one => one.name === 'subAction'))
        yield gone(at, 'subAction()', 'callWriter')
      if (method.name === 'action' && isDatabase(code, method.call, fn)) yield gone(at, 'database.action()', 'write')
    }
  }
}

const gone = (at: Place, what: string, name: string): Evidence<Data> => ({
  at,
  message: `${what} is gone since version 0.26: calling it crashes, whatever the type definitions say. Use ${name}().`,
  data: { kind: 'name', at, name },
})

/** True when a method is certainly called on a database. */
function isDatabase(code: CodeOfFile, call: CallValue, fn: number | undefined): boolean {
  const { scope, library, file } = code
  const of = call.callee.kind === 'member' ? call.callee.of : undefined
  if (!of) return false
  if (of.kind === 'member' && of.of.kind === 'this' && (of.name === 'database' || of.name === 'db'))
    return modelAround(code, fn) !== undefined
  const found = scope.follow({ value: of, file })
  const callee =
    found.value.kind === 'call' ? library.calleeOf(scope, { value: found.value, file: found.file }) : undefined
  return callee === 'Database' || callee === 'useDatabase'
}

function* oldNames(code: CodeOfFile): Found {
  for (const site of code.sites()) {
    const name = renamed[site.name]
    const { callee } = site.call.value
    if (name !== undefined && callee.kind === 'member') {
      const at = { file: code.file, span: callee.nameAt }
      yield {
        at,
        message: `${site.name}() is gone since version 0.24: calling it crashes. Use ${name}().`,
        data: { kind: 'name', at, name },
      }
    }
    const argument = site.name === 'LokiJSAdapter' ? site.call.value.args[0] : undefined
    const options = argument && code.scope.shape({ value: argument, file: code.file })
    for (const entry of options?.entries.values() ?? []) {
      const instead = Object.hasOwn(lokiOptions, entry.name) ? lokiOptions[entry.name] : undefined
      if (instead === undefined || entry.nameAt.file !== code.file) continue
      yield {
        at: entry.nameAt,
        message: `The adapter no longer knows "${entry.name}": it is ignored or throws. Use ${instead}.`,
        data: undefined,
      }
    }
  }
}

function* rootImports(code: CodeOfFile): Found {
  for (const name of rootDecorators(code))
    yield {
      at: { file: code.file, span: name.at },
      message: `"${name.name}" is not exported by the package itself, so it is undefined and the file throws when it is imported. Import it from /decorators.`,
      data: { kind: 'import', code, at: name.at },
    }
}
