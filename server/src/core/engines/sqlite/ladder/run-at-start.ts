// Tells what runs each time a database is opened from what a person sets off later.
import type { Scope } from '../../../catalog/scope.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { nameOfFunction } from '../code/functions.ts'
import type { Ladder, Opening, SqlCall } from '../types.ts'

/** False where a call certainly runs only when something else calls for it. What is not known may run at each start. */
export function isRunAtStart(scope: Scope, ladder: Ladder, openings: readonly Opening[], call: SqlCall): boolean {
  const { file } = call.at
  const root = outermost(scope, file, call.fn)
  if (root === undefined) return true
  const isOfLadder = file === ladder.at.file && root === outermost(scope, file, ladder.fn)
  const isOfOpening = openings.some(one => one.at.file === file && outermost(scope, file, one.fact.fn) === root)
  if (isOfLadder || isOfOpening) return true
  const name = nameOfFunction(scope, file, root)
  if (name === undefined) return true
  // Only a function that nothing but a handler in an element calls is certainly left for later.
  const uses = scope.files().flatMap(one => usesOf(scope, one, name, file))
  return uses.length === 0 || !uses.every(isInHandler)
}

interface Use {
  readonly isInHandler: boolean
}

const isInHandler = (use: Use): boolean => use.isInHandler

function usesOf(scope: Scope, file: string, name: string, home: string): readonly Use[] {
  const usage = scope.usage(file)
  const isNamed = file === home || scope.module(file)?.imports.some(one => one.names.some(used => used.name === name))
  if (!usage || !isNamed) return []
  const handlers = new Set<number>()
  for (const { value } of usage.calls)
    for (const part of walkValue(value))
      if (part.kind === 'jsx')
        for (const prop of part.props)
          if (prop.kind === 'named' && /^on[A-Z]/.test(prop.name) && prop.value.kind === 'function')
            handlers.add(prop.value.id)
  const isIt = (value: Value): boolean =>
    value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === name
  return usage.calls.flatMap(({ value, fn }) => {
    const found = [...walkValue(value)].some(isIt)
    if (!found) return []
    let at = fn
    while (at !== undefined && !handlers.has(at)) at = usage.functions[at]?.parent
    return [{ isInHandler: at !== undefined }]
  })
}

function outermost(scope: Scope, file: string, fn: number | undefined): number | undefined {
  const functions = scope.usage(file)?.functions
  let at = fn
  while (at !== undefined && functions?.[at]?.parent !== undefined) at = functions[at]?.parent
  return at
}
