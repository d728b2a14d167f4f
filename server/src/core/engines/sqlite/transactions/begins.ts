// Where code begins a transaction.
import { walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import type { CodeOfFile, SqlCall, Transaction } from '../types.ts'
import { runsInBody } from './in-body.ts'

/** The begin of a transaction: a call that runs a function in one, a batch, or `BEGIN` itself. */
export interface Begin {
  readonly of: Transaction | SqlCall
  readonly at: Place
  readonly fn: number | undefined
  /** True where the code around it waits until it has ended. */
  readonly isAwaited: boolean
}

/** What is called, as a place. */
export const beginsAt = ({ call }: Transaction | SqlCall): Place => ({
  file: call.file,
  span: call.value.callee.at,
})

/** All of a file. */
export function* beginsOf(code: CodeOfFile): Generator<Begin> {
  for (const one of code.transactions()) yield beginOf(one)
  for (const call of code.calls()) {
    if (call.transaction) continue
    const isBatch = call.method.package === 'op-sqlite' && /^executeBatch/.test(call.method.name)
    const isBegin = call.method.package === 'expo-sqlite' && /^\s*BEGIN\b/i.test(call.sql?.text ?? '')
    // A batch has a text for each of its commands, and is reported once.
    const isFirst = code.calls().find(other => other.call.value === call.call.value) === call
    if ((isBatch || isBegin) && isFirst) yield beginOf(call)
  }
}

/** Calls in the body of `outer` of functions that begin a transaction themselves, with where they do it. */
export function* beginsBehind(
  { scope, file }: CodeOfFile,
  outer: Transaction,
): Generator<{ readonly at: Place; readonly begin: Begin }> {
  const others = outer.store?.transactions ?? []
  if (others.length < 2) return
  for (const fact of scope.usage(file)?.calls ?? []) {
    if (!runsInBody(scope, outer, file, fact.fn)) continue
    for (const value of walkValue(fact.value)) {
      if (value.kind !== 'call' || value.callee.kind === 'function') continue
      const target = scope.target({ value: value.callee, file })
      if (target.kind !== 'value' || target.located.value.kind !== 'function') continue
      const { file: home, value: fn } = target.located
      const inner = others.find(one => one !== outer && one.at.file === home && one.fact.fn === fn.id)
      if (!inner) continue
      const isAwaited = value === fact.value && (fact.use === 'awaited' || fact.use === 'returned')
      yield { at: { file, span: value.callee.at }, begin: { ...beginOf(inner), isAwaited } }
    }
  }
}

const beginOf = (of: Transaction | SqlCall): Begin => ({
  of,
  at: beginsAt(of),
  fn: of.fact.fn,
  isAwaited: of.fact.value === of.call.value && (of.fact.use === 'awaited' || of.fact.use === 'returned'),
})
