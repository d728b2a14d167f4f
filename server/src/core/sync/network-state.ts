// Where a drain asks whether there is a network.
import type { Scope } from '../catalog/scope.ts'
import { methodOf } from './flow.ts'
import { withCallbacks } from './read-queue.ts'
import type { Called, Drain, OwnFunction, QueueCode } from './types.ts'

/** The functions in which a drain asks for the network: its own code, and what it calls to ask. */
export interface NetworkGate {
  readonly asks: Called
  /** The function that asks, with its callbacks. */
  readonly functions: readonly OwnFunction[]
}

/** True for `NetInfo.fetch()` and `getNetworkStateAsync()` of Expo; the names alone count where nothing declares them. */
export function asksNetwork(scope: Scope, { call, file }: Called): boolean {
  const target = scope.target({ value: call.callee, file })
  if (target.kind === 'external') {
    if (target.from === '@react-native-community/netinfo') return /(?:^|\.)(?:fetch|refresh)$/.test(target.name)
    return target.from === 'expo-network' && /(?:^|\.)getNetworkStateAsync$/.test(target.name)
  }
  const method = methodOf(call)
  const isGlobal = method?.of?.kind === 'name' && method.of.key === undefined && method.of.name === 'NetInfo'
  return isGlobal && method?.name === 'fetch'
}

/** How a drain asks for the network once; undefined where it does not. */
export function networkGate(queue: QueueCode, drain: Drain): NetworkGate | undefined {
  const { reader, scope } = queue
  const ask = (fn: OwnFunction): NetworkGate | undefined => {
    const functions = withCallbacks(reader, fn)
    const asks = functions.flatMap(one => one.calls).find(called => asksNetwork(scope, called))
    return asks && { asks, functions }
  }
  const own = ask(drain.fn)
  if (own) return own
  for (const called of drain.fn.calls) {
    const helper = reader.callee(called)
    const found = helper && helper !== drain.fn && !queue.drains.some(one => one.fn === helper) && ask(helper)
    if (found) return found
  }
  return undefined
}
