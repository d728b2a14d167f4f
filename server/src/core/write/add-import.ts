// Adds names to a file's imports.
import type { ModuleFacts } from '../facts/file-facts.ts'
import type { TextEdit } from '../text/edit.ts'
import { quoted, type Style } from './style.ts'

/** What is to be imported: named exports, or (`isDefault`) the default export under one name. */
export interface ImportWish {
  readonly from: string
  readonly names: readonly string[]
  readonly isDefault?: boolean
}

/**
 * The edits by which `file` imports all wished names that it does not import yet: an import of the same module is
 * extended, else a new one is put behind the last import (or at the top). Files that only use `require` get a `require`.
 */
export function addImport(
  file: string,
  text: string,
  module: Pick<ModuleFacts, 'imports'>,
  wish: ImportWish,
  style: Style,
): readonly TextEdit[] {
  const present = module.imports.filter(one => one.from === wish.from && !one.typeOnly)
  const wanted = wish.isDefault
    ? wish.names
    : wish.names.filter(name => !present.some(one => one.names.some(n => n.name === name)))
  if (wanted.length === 0 || (wish.isDefault && present.some(one => one.names.some(n => n.name === 'default'))))
    return []

  const open = present.find(one => one.namedAt)
  if (open?.namedAt && !wish.isDefault) {
    const inside = text.slice(open.namedAt.start, open.namedAt.end)
    const bare = inside.trimEnd()
    const at = open.namedAt.start + bare.length
    const isMultiline = inside.includes('\n')
    const comma = bare === '' || bare.endsWith(',') ? '' : ','
    const indent = isMultiline ? `${style.newline}${/\n([ \t]*)\S/.exec(inside)?.[1] ?? style.indent}` : ' '
    const added = wanted.map(name => `${indent}${name}`).join(',')
    const trailing = isMultiline && bare.endsWith(',') ? ',' : ''
    const isTight = !inside.startsWith(' ') && !isMultiline && bare === ''
    return [{ file, start: at, end: at, text: `${comma}${isTight ? added.trimStart() : added}${trailing}` }]
  }

  const usesRequire = module.imports.length > 0 && !/^\s*import\b/m.test(text)
  const clause = wish.isDefault ? wanted[0]! : braced(wanted, style)
  const from = quoted(wish.from, style)
  const line = usesRequire
    ? `const ${clause} = require(${from})${wish.isDefault ? '.default' : ''}${style.semicolon}`
    : `import ${clause} from ${from}${style.semicolon}`
  const last = module.imports.filter(one => isTopLevel(text, one.at.start)).at(-1)
  if (!last) {
    const at =
      /^(?:#![^\n]*\n)?(?:\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/\s*\n|(['"])use \w+\1;?\s*\n))*/.exec(text)?.[0].length ??
      0
    return [
      {
        file,
        start: at,
        end: at,
        text: `${line}${style.newline}${text.slice(at).startsWith('\n') ? '' : style.newline}`,
      },
    ]
  }
  const lineEnd = text.indexOf('\n', last.at.end)
  const at = lineEnd < 0 ? text.length : lineEnd - (text[lineEnd - 1] === '\r' ? 1 : 0)
  return [{ file, start: at, end: at, text: `${style.newline}${line}` }]
}

/** `{ a, b }` in the file's style. */
const braced = (names: readonly string[], style: Style): string => {
  const space = style.spacedBraces ? ' ' : ''
  return `{${space}${names.join(', ')}${space}}`
}

const isTopLevel = (text: string, start: number): boolean => start === 0 || text[start - 1] === '\n'
