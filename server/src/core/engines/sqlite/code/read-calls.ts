// The texts of SQL that a file gives to databases.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import { writtenText } from '../../../catalog/written-text.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { SqlPackage } from '../imports.ts'
import type { Execution, Method, Parameters, SqlCall } from '../types.ts'
import type { CodeWorld } from './code-world.ts'
import type { Handle } from './handle.ts'
import { isTelling, type MethodKind, methodNames, methodOf } from './methods.ts'
import { possibleValues } from './possible-values.ts'
import { ofList, ofSingle, readParameters } from './read-parameters.ts'
import { type CallPart, usesOf } from './uses.ts'

/** All of them, in the order of the code. */
export function readCalls(world: CodeWorld, file: string): readonly SqlCall[] {
  const uses = usesOf(file, world.scope.usage(file))
  if (uses.calls.size === 0) return []
  const executions = readExecutions(world, file)
  return methodNames
    .flatMap(name => (uses.calls.get(name) ?? []).flatMap(part => [...readCall(world, file, name, part, executions)]))
    .sort((a, b) => a.call.value.argsAt.start - b.call.value.argsAt.start)
}

type Executions = ReadonlyMap<CallValue, readonly Execution[]>

/** What a call is made on, and what it does there. */
interface Called {
  readonly on: Located
  readonly handle: Handle | undefined
  readonly package: SqlPackage
  /** How many arguments stand before the SQL. */
  readonly skipped: number
}

function* readCall(
  world: CodeWorld,
  file: string,
  name: string,
  part: CallPart,
  executions: Executions,
): Generator<SqlCall> {
  const { scope } = world
  const { call, fact, isOuter } = part
  const called = calledOn(world, file, name, call)
  const kind = called && methodOf(called.package, name)
  if (!called || !kind || kind.kind === 'transaction' || call.args.length <= called.skipped) return
  const { handle, on, skipped } = called
  const base = {
    method: kind.method,
    call: { value: call, file },
    fact,
    isOuter,
    at: placeOf({ value: call, file }),
    store:
      skipped > 0
        ? world.storeCalled(called.package, scope.text({ value: call.args[0]!, file })?.text, file)
        : handle && world.storeOf(handle, file),
    handle: on,
    transaction: transactionOf(world, handle),
    fn: fact.fn,
    isTest: isTestFile(scope, file),
  }
  const own = executions.get(call)
  for (const text of textsOf(world, { value: call, file }, kind, skipped))
    for (const given of writtenBy(world, text, kind.method)) {
      const { argument, parameters, via, element } = given
      const sql = writtenText(scope, argument, kind.method.binds === 'tag' ? '?' : undefined)
      // Without a handle that is known, only what certainly is SQL counts.
      if (!handle && skipped === 0 && !(sql && looksLikeSql(sql.text))) continue
      yield {
        ...base,
        ...(via && {
          call: { value: via.call, file: via.file },
          fact: via.fact,
          isOuter: via.isOuter,
          at: placeOf({ value: via.call, file: via.file }),
          fn: via.fact.fn,
        }),
        argument,
        ...(element && { element }),
        sql,
        parameters,
        ...(own && { executions: own }),
      }
    }
}

/** The texts that an argument stands for: those of a list that a loop runs, or those that callers give. */
function* writtenBy(
  world: CodeWorld,
  text: GivenText,
  { binds }: Method,
): Generator<GivenText & { readonly via?: CallPart; readonly element?: Located }> {
  const { argument, parameters } = text
  const found = possibleValues(world, argument)
  for (const { value, via, element } of found?.values ?? [])
    yield {
      argument: value,
      parameters: via ? throughCaller(world, text, via, binds) : parameters,
      ...(via && { via }),
      ...(element && { element }),
    }
  if (!found?.complete) yield text
}

/** The parameters that a caller gives to the function that runs the SQL for it. */
function throughCaller(
  { scope }: CodeWorld,
  { parameters }: GivenText,
  via: CallPart,
  binds: Method['binds'],
): Parameters {
  const unknown: Parameters = { kind: 'unknown', at: { file: via.file, span: via.call.argsAt } }
  if (parameters.kind === 'none') return parameters
  const { given } = parameters.kind === 'unknown' ? parameters : { given: undefined }
  const key = given?.value.kind === 'name' ? given.value.key : undefined
  const param = given && key !== undefined ? scope.binding(given.file, key)?.param : undefined
  if (!param) return unknown
  const argument = via.call.args[param.index]
  if (!argument) return { kind: 'none', at: unknown.at }
  const located = { value: argument, file: via.file }
  if (argument.kind === 'spread') return unknown
  return binds === 'any' ? ofSingle(scope, located) : ofList(scope, located)
}

function calledOn(world: CodeWorld, file: string, name: string, call: CallValue): Called | undefined {
  const { callee } = call
  if (callee.kind !== 'member' || call.isNew) return undefined
  const on: Located = { value: callee.of, file }
  const handle = world.handleOf(on)
  if (handle) return handle.kind === 'statement' ? undefined : { on, handle, package: handle.package, skipped: 0 }
  const external = world.library.calleeOf(world.scope, { value: call, file })
  if (external)
    return external.name === `QuickSQLite.${name}`
      ? { on, handle: undefined, package: 'quick-sqlite', skipped: 1 }
      : undefined
  return isTelling(name) && world.usesExpo(file)
    ? { on, handle: undefined, package: 'expo-sqlite', skipped: 0 }
    : undefined
}

function transactionOf(world: CodeWorld, handle: Handle | undefined) {
  const { transaction } = handle ?? {}
  if (!transaction || handle?.kind !== 'transaction') return undefined
  return world.transactions(transaction.file).find(one => one.call.value === transaction.value)
}

interface GivenText {
  readonly argument: Located
  readonly parameters: Parameters
}

function* textsOf(
  { scope }: CodeWorld,
  located: Located<CallValue>,
  kind: Exclude<MethodKind, { readonly kind: 'transaction' }>,
  skipped: number,
): Generator<GivenText> {
  const { value, file } = located
  const first = value.args[skipped]
  if (!first || first.kind === 'spread') return
  const argument: Located = { value: first, file }
  const unknown: Parameters = { kind: 'unknown', at: placeOf(argument) }
  if (kind.kind === 'sql') {
    yield { argument, parameters: readParameters(scope, located, kind.method.binds, skipped + 1) }
    return
  }
  if (kind.kind === 'reactive') {
    const entries = scope.shape(argument)?.entries
    const query = entries?.get('query')?.value
    const given = entries?.get('arguments')?.value
    const none: Parameters = { kind: 'none', at: placeOf(argument) }
    yield { argument: query ?? argument, parameters: query ? (given ? ofList(scope, given) : none) : unknown }
    return
  }
  const list = scope.items(argument)
  for (const item of list?.items ?? []) yield ofCommand({ scope }, item)
  if (!list?.complete) yield { argument, parameters: unknown }
}

/** `[sql, parameters]`, `{ query, params }`, or the SQL alone. */
function ofCommand({ scope }: Pick<CodeWorld, 'scope'>, item: Located): GivenText {
  const entries = scope.shape(item)?.entries
  const pair = scope.items(item)
  const sql = entries?.get('query')?.value ?? pair?.items[0] ?? item
  const given = entries?.get('params')?.value ?? pair?.items[1]
  if (!given) return { argument: sql, parameters: { kind: 'none', at: placeOf(item) } }
  // `[sql, [[1], [2]]]` runs it once for each of the inner lists.
  const inner = scope.items(given)?.items[0]
  return { argument: sql, parameters: ofList(scope, inner?.value.kind === 'array' ? inner : given) }
}

const looksLikeSql = (text: string): boolean =>
  /^\s*(?:--[^\n]*\n\s*|\/\*.*?\*\/\s*)*(?:select|insert|update|delete|replace|create|alter|drop|pragma|with|begin|commit|rollback|savepoint|release|vacuum|analyze|reindex|attach|detach|explain)\b/is.test(
    text,
  )

const executors = [
  'executeAsync',
  'executeSync',
  'executeForRawResultAsync',
  'executeForRawResultSync',
  'bind',
  'bindSync',
] as const

/** Where the file executes what it prepares. */
function readExecutions(world: CodeWorld, file: string): Executions {
  const { scope } = world
  const found = new Map<CallValue, Execution[]>()
  const uses = usesOf(file, scope.usage(file))
  const prepares = ['prepareAsync', 'prepareSync', 'prepareStatement'].some(name => uses.calls.has(name))
  if (!prepares) return found
  for (const name of executors)
    for (const { call, fact } of uses.calls.get(name) ?? []) {
      const of: Value | undefined = call.callee.kind === 'member' ? call.callee.of : undefined
      const handle = of && world.handleOf({ value: of, file })
      if (handle?.kind !== 'statement' || handle.prepared?.file !== file) continue
      const located = { value: call, file }
      const binds = handle.package === 'expo-sqlite' ? 'any' : 'list'
      const list = found.get(handle.prepared.value) ?? []
      found.set(handle.prepared.value, list)
      list.push({
        name,
        call: located,
        fact,
        at: placeOf(located),
        parameters: readParameters(scope, located, binds, 0),
      })
    }
  return found
}
