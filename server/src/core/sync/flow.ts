// Walks over what functions do.
import type { Step, StepTest } from '../facts/file-facts.ts'
import { type Value, walkValue } from '../source/value.ts'

/** All steps, those inside of others behind them, in source order. */
export function* allSteps(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step
    for (const list of inside(step)) yield* allSteps(list)
  }
}

/** The lists of steps inside a step, in source order. */
export function inside(step: Step): readonly (readonly Step[])[] {
  if (step.kind === 'if') return [step.whenTrue, step.whenFalse]
  if (step.kind === 'loop') return [step.body]
  if (step.kind === 'switch') return step.cases.map(one => one.steps)
  if (step.kind === 'try') return [step.body, step.catch?.steps ?? [], step.finally ?? []]
  return []
}

/** What a step itself evaluates, in source order, without the steps inside it. */
export function ownValues(step: Step): readonly Value[] {
  switch (step.kind) {
    case 'do':
      return [step.value]
    case 'set':
      return step.value ? [step.value, step.target] : [step.target]
    case 'if':
      return testValues(step.test)
    case 'loop':
      return [...(step.over ? [step.over] : []), ...(step.test ? testValues(step.test) : [])]
    case 'switch':
      return [step.subject]
    case 'leave':
      return step.value ? [step.value] : []
    case 'try':
      return []
  }
}

/** The values that a condition looks at, in source order. */
export function testValues(test: StepTest): readonly Value[] {
  if (test.kind === 'is') return [test.value]
  if (test.kind === 'not') return testValues(test.of)
  return [...testValues(test.left), ...testValues(test.right)]
}

/** Everything that a list of steps evaluates, outermost values first. */
export function* allValues(steps: readonly Step[]): Generator<Value> {
  for (const step of allSteps(steps)) for (const value of ownValues(step)) yield* walkValue(value)
}

/** True when evaluating this waits for something. */
export const waits = (value: Value): boolean => some(value, part => part.kind === 'await')

/** True when `value` or something in it fits. */
export function some(value: Value, fits: (part: Value) => boolean): boolean {
  for (const part of walkValue(value)) if (fits(part)) return true
  return false
}

/** True when the last of these steps surely leaves the function or its loop. */
export function leaves(steps: readonly Step[]): boolean {
  const last = steps.at(-1)
  if (last?.kind === 'leave') return true
  return last?.kind === 'if' && leaves(last.whenTrue) && leaves(last.whenFalse)
}

/**
 * A name as one text: `this.queue`, `queue#2`, `ref.current`. What a store holds goes by `state.…`, whether it is read
 * by `get()`, `getState()` or from a parameter. Undefined for all else.
 */
export function pathOf(value: Value): string | undefined {
  if (value.kind === 'this') return 'this'
  if (value.kind === 'name') return value.key ?? value.name
  if (value.kind === 'call' && value.args.length === 0) {
    const name = lastName(value.callee)
    return name === 'get' || name === 'getState' ? 'state' : undefined
  }
  if (value.kind !== 'member' || value.name === undefined) return undefined
  const of = pathOf(value.of)
  return of === undefined ? undefined : `${of}.${value.name}`
}

/** The last name of a name or member; `.current` of a ref is looked through. */
export function lastName(value: Value): string | undefined {
  if (value.kind === 'name') return value.name
  if (value.kind !== 'member') return undefined
  return value.name === 'current' ? lastName(value.of) : value.name
}

/** The name of what a call calls, and what it is called on. */
export function methodOf(value: Value): { readonly name: string; readonly of: Value | undefined } | undefined {
  if (value.kind !== 'call') return undefined
  const { callee } = value
  if (callee.kind === 'name') return { name: callee.name, of: undefined }
  return callee.kind === 'member' && callee.name !== undefined ? { name: callee.name, of: callee.of } : undefined
}
