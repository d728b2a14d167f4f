// What in a function may throw past it.
import type { Step } from '../facts/file-facts.ts'
import { type Value, walkValue } from '../source/value.ts'
import { inside, leaves, methodOf, ownValues } from './flow.ts'
import { type FlagChange, flagChange } from './locks.ts'
import type { CodeReader, OwnFunction } from './types.ts'

/**
 * The first thing in a function that is waited for and may throw past every handler: while `flag` is set, or at all
 * where none is given.
 */
export function escapes(reader: CodeReader, fn: OwnFunction, flag?: string, depth = 0): Value | undefined {
  let isSet = flag === undefined
  const change = (one: FlagChange | undefined) => {
    if (one && one.flag === flag) isSet = one.value
  }
  const visit = (steps: readonly Step[], isCaught: boolean): Value | undefined => {
    for (const step of steps) {
      for (const value of ownValues(step)) {
        const thrown = isSet && !isCaught ? throwsIn(reader, fn, value, depth) : undefined
        if (thrown) return thrown
      }
      if (step.kind === 'leave' && step.how === 'throw' && isSet && !isCaught && step.value) return step.value
      change(flagChange(step))
      const found = step.kind === 'try' ? ofTry(step, isCaught) : ofLists(step, isCaught)
      if (found) return found
    }
    return undefined
  }
  const ofLists = (step: Step, isCaught: boolean): Value | undefined => {
    for (const list of inside(step)) {
      const before = isSet
      const found = visit(list, isCaught)
      if (found) return found
      if (leaves(list)) isSet = before
    }
    return undefined
  }
  const ofTry = (step: Extract<Step, { kind: 'try' }>, isCaught: boolean): Value | undefined =>
    visit(step.body, isCaught || step.catch !== undefined) ??
    visit(step.catch?.steps ?? [], isCaught) ??
    visit(step.finally ?? [], isCaught)
  return visit(fn.fact.steps ?? [], false)
}

function throwsIn(reader: CodeReader, fn: OwnFunction, value: Value, depth: number): Value | undefined {
  for (const part of walkValue(value)) {
    if (part.kind !== 'await' || part.value.kind !== 'call') continue
    const { value: call } = part
    const name = methodOf(call)?.name
    // `.catch(…)` at the end, and waiting for a while.
    if (name === 'catch' || name === 'allSettled' || /^(?:delay|sleep|wait|pause)$/.test(name ?? '')) continue
    if (call.isNew) continue
    const called = fn.calls.find(one => one.call === call)
    const callee = called && reader.callee(called)
    if (callee?.fact.steps && depth < 3 && escapes(reader, callee, undefined, depth + 1) === undefined) {
      if (!callee.fact.throws) continue
    }
    return call
  }
  return undefined
}
