// A queue takes an unknown state of the network for none.
import type { Rule } from '../../rules/rule.ts'
import { childrenOf, type Value } from '../../source/value.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { allSteps, allValues, lastName, ownValues } from '../flow.ts'
import { networkGate } from '../network-state.ts'
import type { OwnFunction, QueueCode } from '../types.ts'

const gated = (test: string) => `  async drain() {
    const state = await NetInfo.fetch()
    ${test}
    for (const operation of [...this.queue]) {
      await this.send(operation)
      this.queue.shift()
    }
  }`

export const connectedOnly: Rule<QueueCode, { readonly file: string; readonly value: Value }> = {
  id: 'sync/connected-only',
  severity: 'info',
  on: 'queue',
  docs: {
    what: 'A queue sends only where `isConnected` is true, so that `null`, which means that nothing is known yet, counts as no network.',
    why: '`isConnected` is null while the app starts: what waits is not sent although there may be a network, and the state is not looked at again.',
    fix: 'Compare with `false`: `isConnected !== false`. Whether a request gets through only the request can tell.',
  },
  *check(queue) {
    for (const drain of queue.drains) {
      const gate = networkGate(queue, drain)
      if (!gate) continue
      const { functions } = gate
      if (functions.some(fn => [...allValues(fn.fact.steps ?? [])].some(isReachability))) continue
      for (const fn of functions)
        for (const value of lonely(fn))
          yield {
            at: { file: fn.file, span: value.kind === 'member' ? value.nameAt : value.at },
            message:
              '"isConnected" is null while nothing is known of the network, as at the start of the app, and that counts as offline here. Compare it with false.',
            data: { file: fn.file, value },
          }
    }
  },
  fix({ data: { file, value } }, context) {
    const text = context.text(file)
    if (text === undefined) return undefined
    const { start, end } = value.at
    const isNegated = text[start - 1] === '!' && text[start - 2] !== '!'
    const behind = /^\s*(\S{1,2})/.exec(text.slice(end))?.[1] ?? ''
    const before = text.slice(0, start).trimEnd()
    // Beside another operator it would have to be put into parentheses.
    if (/^(?:[?+*/<>=]|[!=]=|!$)/.test(behind) || /(?:[+*/<]|(?<!=)>|[!=]==?|!!|\bawait)$/.test(before))
      return undefined
    const edits = isNegated
      ? [
          { file, start: start - 1, end: start, text: '' },
          { file, start: end, end, text: ' === false' },
        ]
      : [{ file, start: end, end, text: ' !== false' }]
    return { title: 'Count only false as offline', safe: false, edits }
  },
  examples: [
    {
      name: 'negated',
      files: queueApp({
        drain: gated('if (!state.isConnected) return\n    //         ^^^^^^^^^^^ counts as offline'),
      }),
      fixed: { 'src/sync/outbox.ts': exampleQueue({ drain: gated('if (state.isConnected === false) return') }) },
    },
    {
      name: 'given back by a callback',
      files: queueApp({
        drain: `  async drain() {
    const isOnline = await NetInfo.fetch().then(state => state.isConnected)
    //                                                         ^^^^^^^^^^^
    if (!isOnline) return
    for (const operation of [...this.queue]) await this.send(operation)
  }`,
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          drain: `  async drain() {
    const isOnline = await NetInfo.fetch().then(state => state.isConnected !== false)
    if (!isOnline) return
    for (const operation of [...this.queue]) await this.send(operation)
  }`,
        }),
      },
    },
    { name: 'compared with false', files: queueApp({ drain: gated('if (state.isConnected === false) return') }) },
    {
      name: 'reachability is asked as well',
      files: queueApp({ drain: gated('if (!state.isConnected && state.isInternetReachable === false) return') }),
    },
  ],
}

const isReachability = (value: Value): boolean =>
  (value.kind === 'member' || value.kind === 'name') && value.name === 'isInternetReachable'

/** Uses of `isConnected` for which null is the same as false. */
function* lonely(fn: OwnFunction): Generator<Value> {
  for (const step of allSteps(fn.fact.steps ?? []))
    for (const value of ownValues(step)) {
      if (step.kind === 'set' && (value === step.target || lastName(step.target) === 'isConnected')) continue
      yield* unguarded(value)
    }
}

function* unguarded(value: Value): Generator<Value> {
  if (value.kind === 'binary' && /^(?:[!=]==?|\?\?)$/.test(value.op)) return
  const isState =
    (value.kind === 'member' && value.name === 'isConnected' && value.of.kind !== 'this') ||
    (value.kind === 'name' && value.name === 'isConnected')
  if (isState) yield value
  // A call that takes it may look at it more closely.
  if (value.kind === 'call') yield* unguarded(value.callee)
  else if (!isState) for (const child of childrenOf(value)) yield* unguarded(child)
}
