// Mends an argument that a function of `Q` does not take.
import type { Located } from '../../../catalog/scope.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { Site } from '../sites.ts'
import { neighbour } from './call-arguments.ts'
import type { ValueKind } from './kind-of-value.ts'

/** An argument of the wrong kind. */
export interface WrongArgument {
  readonly site: Site
  readonly value: Located
  readonly kind: ValueKind | undefined
}

/** The fix where there is no doubt what was meant. */
export function mendArgument(
  { site, value: { value, file }, kind }: WrongArgument,
  context: FixContext,
): Fix | undefined {
  const { start, end } = value.at
  const replace = (title: string, text: string): Fix => ({ title, safe: false, edits: [{ file, start, end, text }] })
  const name = site.name.slice(2)
  const source = context.text(file)?.slice(start, end)
  if (source === undefined) return undefined
  if (name === 'sortBy') {
    const order = value.kind === 'string' ? /^(asc|desc)/i.exec(value.text)?.[1]?.toLowerCase() : undefined
    const written = order && neighbour(site.call, order, context)
    return written ? replace(`Change to ${written}`, written) : undefined
  }
  if (name === 'oneOf' || name === 'notIn') {
    const isOne = kind === 'string' || kind === 'number' || kind === 'boolean'
    return isOne ? replace('Put it into a list', `[${source}]`) : undefined
  }
  if (kind === 'undefined' && value.kind === 'undefined') return replace('Change to null', 'null')
  if (kind !== 'Date') return undefined
  return replace(
    'Compare with getTime()',
    value.kind === 'call' && value.argsAt.start === value.argsAt.end ? `(${source}).getTime()` : `${source}.getTime()`,
  )
}
