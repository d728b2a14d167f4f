// Code of the top level that needs an instance before an asynchronous function opens it.
import type { Located } from '../../../catalog/scope.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import type { CallValue, ObjectValue, Value } from '../../../source/value.ts'
import { walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { functionsAround } from '../code/around.ts'
import { callIndex } from '../code/call-index.ts'
import type { CodeOfFile, Opening } from '../types.ts'

/** One such place. */
export interface EarlyUse {
  readonly kind: 'persist' | 'read'
  readonly file: string
  readonly at: Place
  /** The name of the variable that holds the instance. */
  readonly variable: string
  readonly opening: Opening
  /** True where the function that opens it can wait for more. */
  readonly isAsync: boolean
  /** The options of `persist`, where they are an object. */
  readonly options: ObjectValue | undefined
  /** The name of the store that `persist` makes. */
  readonly store: string | undefined
  /** True where the opening is a statement of its own. */
  readonly statement: boolean
}

interface Late {
  readonly key: string
  readonly name: string
  readonly opening: Opening
}

/** The places of a file; none where nothing in it is opened late. */
export function earlyUses(code: CodeOfFile): readonly EarlyUse[] {
  return lateInstances(code).flatMap(late => [...persisted(code, late), ...read(code, late)])
}

/** Variables of the top level that get their instance in asynchronous functions alone. */
function lateInstances({ scope, file, openings }: CodeOfFile): readonly Late[] {
  const own = openings().filter(one => !one.isTest && one.fact.assignedTo !== undefined)
  const found = new Map<string, Late>()
  for (const opening of own) {
    const key = opening.fact.assignedTo ?? ''
    const binding = scope.binding(file, key)
    if (binding?.kind !== 'let' || binding.fn !== undefined || binding.value || hasInitializer(binding)) continue
    const assigned = (scope.usage(file)?.calls ?? []).filter(fact => fact.assignedTo === key)
    const isLate = assigned.every(({ fn }) => functionsAround(scope, file, fn).some(one => one.isAsync))
    if (isLate) found.set(key, { key, name: binding.name, opening })
  }
  return [...found.values()]
}

/** True where more than the name and its type stands in the declaration. */
const hasInitializer = ({ at, type, statementAt }: Binding): boolean =>
  statementAt === undefined || statementAt.end > (type?.at ?? at).end + ';'.length

/** Stores of zustand that are made while the file is loaded, and whose adapter reads the variable at once. */
function persisted({ scope, file }: CodeOfFile, late: Late): readonly EarlyUse[] {
  const parts = callIndex(scope.usage(file)).byName.get('persist') ?? []
  return parts.flatMap(({ call, fact }) => {
    const target = scope.target({ value: call.callee, file })
    if (target.kind !== 'external' || target.from !== 'zustand/middleware' || fact.fn !== undefined) return []
    const given = call.args[1]
    const options = given && scope.follow({ value: given, file })
    const shape = options && scope.shape(options)
    const storage = shape?.entries.get('storage') ?? shape?.entries.get('getStorage')
    if (!options || !shape?.complete || !storage || shape.entries.has('skipHydration')) return []
    if (!readsAtOnce(scope, adapterOf(scope, storage.value), late, file)) return []
    const store = fact.into === undefined ? undefined : scope.binding(file, fact.into)?.name
    return [
      {
        kind: 'persist' as const,
        at: { file, span: call.callee.at },
        options: options.file === file && options.value.kind === 'object' ? options.value : undefined,
        store,
        ...ofLate(scope, file, late),
      },
    ]
  })
}

/** The adapter within `createJSONStorage(() => adapter)`. */
function adapterOf(scope: CodeOfFile['scope'], storage: Located): Located | undefined {
  const { value, file } = scope.follow(storage)
  if (value.kind !== 'call' || value.callee.kind !== 'name' || value.callee.name !== 'createJSONStorage')
    return { value, file }
  const given = value.args[0] && scope.follow({ value: value.args[0], file })
  const returns =
    given?.value.kind === 'function' ? scope.usage(given.file)?.functions[given.value.id]?.returns : undefined
  return given && returns?.length === 1 && returns[0] ? { value: returns[0], file: given.file } : undefined
}

/** True where `getItem` calls the variable, and does nothing before that could wait or open it. */
function readsAtOnce(scope: CodeOfFile['scope'], adapter: Located | undefined, { key }: Late, file: string): boolean {
  const entry = adapter && scope.shape(adapter)?.entries.get('getItem')
  const getItem = entry && scope.follow(entry.value)
  if (getItem?.value.kind !== 'function' || getItem.file !== file) return false
  const { id } = getItem.value
  if (scope.usage(file)?.functions[id]?.isAsync) return false
  const calls = callIndex(scope.usage(file)).byFunction.get(id) ?? []
  const [first] = calls
  return first !== undefined && calls.every(({ value }) => value.kind === 'call' && isOn(value, key))
}

/** Calls of the top level on the variable. */
function read({ scope, file }: CodeOfFile, late: Late): readonly EarlyUse[] {
  const calls = callIndex(scope.usage(file)).byFunction.get(-1) ?? []
  return calls.flatMap(fact =>
    [...walkValue(fact.value)].flatMap(part => {
      if (part.kind !== 'call' || !isOn(part, late.key) || part.callee.kind !== 'member') return []
      if (fact.isConditional === true || !/^(?:get|set|contains|delete|remove)/.test(part.callee.name ?? '')) return []
      const at = { file, span: part.callee.of.at }
      return [{ kind: 'read' as const, at, options: undefined, store: undefined, ...ofLate(scope, file, late) }]
    }),
  )
}

const ofLate = (scope: CodeOfFile['scope'], file: string, { name, opening }: Late) => ({
  file,
  variable: name,
  opening,
  isAsync: scope.usage(file)?.functions[opening.fact.fn ?? -1]?.isAsync === true,
  statement: opening.fact.use === 'assigned' && opening.isOuter,
})

const isOn = ({ callee }: CallValue, key: string): boolean => callee.kind === 'member' && isName(callee.of, key)

const isName = (value: Value, key: string): boolean => value.kind === 'name' && value.key === key
