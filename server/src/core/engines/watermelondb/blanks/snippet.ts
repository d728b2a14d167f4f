// Columns as snippets.
import { choice } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'

/** `{ name: '$1', type: '${2|string,number,boolean|}' }`, its stops counted from `first`. */
export function columnSnippet(style: Style, first = 1): string {
  const space = style.spacedBraces ? ' ' : ''
  const name = quoted(`$${first}`, style)
  const type = quoted(choice(first + 1, ['string', 'number', 'boolean']), style)
  return `{${space}name: ${name}, type: ${type}${space}}`
}
