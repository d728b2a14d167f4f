// What becomes of a record within the function that fetched it.

import { nameOfCall } from '../../../catalog/call-index.ts'
import type { CallFact } from '../../../facts/file-facts.ts'
import { type NameValue, type Value, walkValue } from '../../../source/value.ts'
import type { CodeOfFile } from '../types.ts'
import { methodCall } from './read-collection.ts'
import type { WriterReader } from './read-writer.ts'

/** True for a constant of function `fn` that holds a record fetched or made there. */
export function isOwnRecord(code: CodeOfFile, writers: WriterReader, name: NameValue, fn: number | undefined): boolean {
  const binding = name.key === undefined ? undefined : code.scope.module(code.file)?.bindings[name.key]
  const isFetched = binding?.value?.kind === 'await' && methodCall(binding.value.value, 'find') !== undefined
  return (
    fn !== undefined &&
    binding?.kind === 'const' &&
    binding.fn === fn &&
    isFetched &&
    writers.records.recordOf(name, fn) !== undefined
  )
}

/** True where the record may reach others: there is a batch, it is part of something, or the function gives something back. */
export function isPassedOn(code: CodeOfFile, writers: WriterReader, name: NameValue, fn: number | undefined): boolean {
  const isInside = (id: number | undefined) => isWithin(writers, id, fn)
  const usage = code.scope.usage(code.file)
  const stands = (value: Value, isSubject = false): boolean =>
    value.kind === 'name'
      ? value.key === name.key && !isSubject
      : [...walkValue(value)].some(part => part !== value && part.kind === 'name' && part.key === name.key)
  const facts = (usage?.calls ?? []).filter(one => isInside(one.fn))
  const isGiven = (fact: CallFact) =>
    [...walkValue(fact.value)].some(
      part =>
        (part.kind === 'call' && (nameOfCall(part) === 'batch' || part.args.some(arg => stands(arg)))) ||
        part.kind === 'jsx',
    )
  if (facts.some(isGiven) || (usage?.assigns ?? []).some(one => isInside(one.fn) && stands(one.value))) return true
  const bindings = Object.values(code.scope.module(code.file)?.bindings ?? {}).filter(one => isInside(one.fn))
  // What is assigned to a variable later is not seen.
  const isHeld = bindings.some(
    one => one.kind === 'let' || (one.value !== undefined && one.value.kind !== 'await' && stands(one.value)),
  )
  return isHeld || (fn !== undefined && (writers.functionOf(fn)?.returns.length ?? 0) > 0)
}

/** True when no other call of function `fn` has to do with the record. */
export function isMentionedOnce(
  code: CodeOfFile,
  writers: WriterReader,
  name: NameValue,
  fn: number | undefined,
): boolean {
  const facts = (code.scope.usage(code.file)?.calls ?? []).filter(one => isWithin(writers, one.fn, fn))
  const mentions = facts.flatMap(fact =>
    [...walkValue(fact.value)].filter(part => part.kind === 'name' && part.key === name.key),
  )
  return mentions.length === 1
}

function isWithin(writers: WriterReader, id: number | undefined, outer: number | undefined): boolean {
  for (let at = id; at !== undefined; at = writers.functionOf(at)?.parent) if (at === outer) return true
  return false
}
