// Finds names in the code that newer versions of the library no longer have.
import type { Evidence } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import type { Place, Span } from '../../../text/span.ts'
import { rootDecorators } from '../models/root-decorators.ts'
import type { CodeOfFile, Decorator } from '../types.ts'
import { codeCalls } from './code-calls.ts'
import { methodCall, modelAround, projectStores } from './read-collection.ts'

/** What a fix needs to know of a removed name. */
export type RemovedName =
  | { readonly kind: 'decorator'; readonly decorator: Decorator; readonly code: CodeOfFile }
  | { readonly kind: 'name'; readonly at: Place; readonly name: string }
  | { readonly kind: 'import'; readonly code: CodeOfFile; readonly at: Span }

type Found = Generator<Evidence<RemovedName | undefined>>

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

/** What is gone since 0.26: `@action`, `database.action()`, `subAction()`. */
export function* actions(code: CodeOfFile): Found {
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
  for (const { call, fact } of codeCalls(code)) {
    const method = methodCall(call)
    if (method?.call.callee.kind !== 'member') continue
    const at = { file, span: method.call.callee.nameAt }
    const model = method.of.kind === 'this' ? modelAround(code, fact.fn) : undefined
    if (method.name === 'subAction' && model && !model.members.some(one => one.name === 'subAction'))
      yield gone(at, 'subAction()', 'callWriter')
    if (method.name === 'action' && isDatabase(code, method.call, fact.fn)) yield gone(at, 'database.action()', 'write')
  }
}

const gone = (at: Place, what: string, name: string): Evidence<RemovedName> => ({
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
  // A parameter that is called so, in an app that has such a database, is that database unless its type says otherwise.
  const binding = of.kind === 'name' && of.key !== undefined ? scope.module(file)?.bindings[of.key] : undefined
  const isUntyped = !binding?.type || binding.type.text === 'any' || binding.type.text === 'Database'
  if (binding?.kind === 'param' && binding.name === 'database' && isUntyped) return projectStores(code).length > 0
  const callee =
    found.value.kind === 'call' ? library.calleeOf(scope, { value: found.value, file: found.file }) : undefined
  return callee === 'Database' || callee === 'useDatabase'
}

/** Names of queries and adapter options that are gone since 0.24. */
export function* oldNames(code: CodeOfFile): Found {
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

/** Decorators imported from the package itself. */
export function* rootImports(code: CodeOfFile): Found {
  for (const name of rootDecorators(code))
    yield {
      at: { file: code.file, span: name.at },
      message: `"${name.name}" is not exported by the package itself, so it is undefined and the file throws when it is imported. Import it from /decorators.`,
      data: { kind: 'import', code, at: name.at },
    }
}
