// New code as the author of the files around it would type it.
import type { Style } from '../../../write/style.ts'

/** Joins the parts of a template to code. */
export type CodeTag = (parts: TemplateStringsArray, ...values: readonly string[]) => string

/**
 * A template for code in a style. What the template says itself is written with single quotes, semicolons, two spaces for
 * each level and spaces inside of braces, and comes out as the style has it; values are put in as they are.
 */
export const codeIn =
  (style: Style): CodeTag =>
  (parts, ...values) =>
    parts.map((part, i) => `${part === '' ? '' : restyled(part, style)}${values[i] ?? ''}`).join('')

function restyled(part: string, { quote, semicolon, indent, spacedBraces }: Style): string {
  const plain = part
    .replace(/'/g, quote)
    .replace(/;(?=\n)/g, semicolon)
    .replace(/(?<=\n)(?: {2})+/g, lead => indent.repeat(lead.length / 2))
  return spacedBraces ? plain : plain.replace(/\{ (?=\S|$)/g, '{').replace(/(^|[^\s]) \}/g, '$1}')
}
