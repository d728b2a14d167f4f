// Code uses what the installed version of the library no longer has.
import type { Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { isAtLeast } from '../../../text/version.ts'
import { actions, oldNames, type RemovedName, rootImports } from '../code/removed-names.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { changeDecorator } from '../models/change-decorator.ts'
import { moveDecoratorImport } from '../models/root-decorators.ts'
import type { CodeOfFile } from '../types.ts'

const screen = (text: string) => ({ 'src/screen.ts': `import { database } from './db'\n\n${text}` })
const old = { versions: { '@nozbe/watermelondb': '0.25.5' } }

export const removedApi: Rule<CodeOfFile, RemovedName | undefined> = {
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
