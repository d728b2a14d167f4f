// The transactions that a file runs.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import type { CallValue } from '../../../source/value.ts'
import type { Transaction } from '../types.ts'
import type { CodeWorld } from './code-world.ts'
import { functionBehind } from './functions.ts'
import { isTelling, methodOf } from './methods.ts'
import { usesOf } from './uses.ts'

const names = [
  'withTransactionAsync',
  'withTransactionSync',
  'withExclusiveTransactionAsync',
  'transaction',
  'readTransaction',
]

/** All of them, in the order of the code. */
export function readTransactions(world: CodeWorld, file: string): readonly Transaction[] {
  const { scope, library } = world
  const uses = usesOf(file, scope.usage(file))
  const found: Transaction[] = []
  for (const name of names)
    for (const { call, fact } of uses.calls.get(name) ?? []) {
      if (call.callee.kind !== 'member' || call.isNew) continue
      const on: Located = { value: call.callee.of, file }
      const handle = world.handleOf(on)
      const isStatic = !handle && library.calleeOf(scope, { value: call, file })?.name === 'QuickSQLite.transaction'
      const own =
        handle?.package ?? (isStatic ? 'quick-sqlite' : isTelling(name) && world.usesExpo(file) && 'expo-sqlite')
      if (!own || methodOf(own, name)?.kind !== 'transaction') continue
      const argument = call.args[isStatic ? 1 : 0]
      const body = argument && functionBehind(scope, { value: argument, file })
      const fn = body && scope.usage(body.file)?.functions[body.fn]
      const [first] = fn?.params ?? []
      const hasOwn = name !== 'withTransactionAsync' && name !== 'withTransactionSync'
      found.push({
        name,
        package: own,
        call: { value: call, file } satisfies Located<CallValue>,
        fact,
        at: placeOf({ value: call, file }),
        store: handle && world.storeOf(handle, file),
        handle: on,
        body,
        ownHandle: hasOwn && first?.length === 1 ? first[0] : undefined,
        isTest: isTestFile(scope, file),
      })
    }
  return found.sort((a, b) => a.call.value.argsAt.start - b.call.value.argsAt.start)
}
