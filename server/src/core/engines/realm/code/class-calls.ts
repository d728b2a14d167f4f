// Finds the calls in a file that name a class of a realm.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Located } from '../../../catalog/scope.ts'
import type { CallValue } from '../../../source/value.ts'
import type { CodeOfFile, RealmStore } from '../types.ts'
import { callIndex } from './call-index.ts'
import { type ClassNamed, classOf } from './class-of.ts'
import { methodCall } from './method-call.ts'
import { ofContext, realmOf } from './realm-of.ts'

/** `realm.objects('Task')` and its like. */
export interface ClassCall {
  readonly method: 'objects' | 'create' | 'objectForPrimaryKey' | 'useQuery' | 'useObject'
  /** The class that is named; undefined where that is not known. */
  readonly named: ClassNamed | undefined
  /** The expression that names it. */
  readonly argument: Located
  /** The realms that it may be asked for; empty where nothing is known of any. */
  readonly stores: readonly RealmStore[]
  readonly call: Located<CallValue>
}

const remembered = new WeakMap<CodeOfFile, ReadonlySignal<readonly ClassCall[]>>()

/** All of them. Remembered until something that they depend on changes. */
export function classCalls(code: CodeOfFile): readonly ClassCall[] {
  let found = remembered.get(code)
  if (!found) {
    found = computed(() => readCalls(code))
    remembered.set(code, found)
  }
  return found.value
}

function readCalls(code: CodeOfFile): readonly ClassCall[] {
  const { scope, file } = code
  const index = callIndex(scope.usage(file))
  const calls: ClassCall[] = []
  const add = (
    method: ClassCall['method'],
    value: CallValue,
    argument: Located | undefined,
    stores: readonly RealmStore[],
  ) => {
    if (!argument || argument.value.kind === 'spread') return
    calls.push({ method, named: classOf(code, argument), argument, stores, call: { value, file } })
  }
  for (const name of ['objects', 'create', 'objectForPrimaryKey'] as const)
    for (const { call } of index.byName.get(name) ?? []) {
      const method = methodCall(call)
      const [first] = call.args
      const realm = method && first && realmOf(code, { value: method.of, file })
      if (realm) add(name, call, { value: first, file }, realm.stores)
    }
  for (const { name, value } of code.sites()) {
    if ((name !== 'useQuery' && name !== 'useObject') || value.value.kind !== 'call') continue
    const [first] = value.value.args
    const located = first && { value: first, file }
    const type = located?.value.kind === 'object' ? scope.shape(located)?.entries.get('type')?.value : located
    add(name, value.value, type, ofContext(code, { value: value.value.callee, file }))
  }
  return calls
}
