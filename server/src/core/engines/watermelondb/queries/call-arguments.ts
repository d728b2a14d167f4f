// Puts arguments into a call and takes them out of it.
import type { Located } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { insertElement, type List } from '../../../write/insert-element.ts'
import { removeElement } from '../../../write/remove-element.ts'
import { styleOf } from '../../../write/style.ts'

/** The edit that gives `call` one more argument at `index`; undefined where the call has no parentheses. */
export function insertArgument(
  call: Located<CallValue>,
  index: number,
  argument: string,
  context: FixContext,
): TextEdit | undefined {
  const list = listOf(call, context)
  return list && insertElement(list, index, argument, styleOf(list.text), false)
}

/** The edit that removes the argument at `index`. */
export function removeArgument(call: Located<CallValue>, index: number, context: FixContext): TextEdit | undefined {
  const list = listOf(call, context)
  return list?.elements[index] ? removeElement(list, index) : undefined
}

/**
 * How the file writes the library function `name`, taken from how `call` names its neighbour: `Q.skip` gives `Q.take`.
 * Undefined where the neighbour is imported by itself, as then the other one is not.
 */
export function neighbour(call: Located<CallValue>, name: string, context: FixContext): string | undefined {
  const { callee } = call.value
  const text = context.text(call.file)
  if (callee.kind !== 'member' || text === undefined) return undefined
  return `${text.slice(callee.of.at.start, callee.of.at.end)}.${name}`
}

function listOf({ value, file }: Located<CallValue>, context: FixContext): List | undefined {
  const text = context.text(file)
  if (text === undefined || text[value.argsAt.start] !== '(') return undefined
  return { file, text, span: value.argsAt, elements: value.args.map(argument => argument.at) }
}
