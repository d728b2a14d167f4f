// How a file is written, so that what we add looks as if its author had typed it.

/** The habits of one file. */
export interface Style {
  readonly quote: "'" | '"'
  /** `;` or nothing. */
  readonly semicolon: ';' | ''
  /** One level of indentation. */
  readonly indent: string
  readonly newline: '\n' | '\r\n'
  /** True when lists over several lines end with a comma. */
  readonly trailingComma: boolean
  /** True when braces of one-line objects have spaces inside. */
  readonly spacedBraces: boolean
}

/** Reads the habits out of a text; what it does not show is taken from `fallback`, else from what most projects do. */
export function styleOf(text: string, fallback?: Style): Style {
  // What a long template says (SQL, for one) is no habit of the code around it.
  const code = text.replace(/`(?:\\.|[^`\\])*`/g, part => (part.includes('\n') ? '``' : part))
  const count = (pattern: RegExp): number => code.match(pattern)?.length ?? 0
  const single = count(/'[^'"\n]*'/g)
  const double = count(/"[^'"\n]*"/g)
  const ended = count(/[\w)\]}'"`];[ \t]*(?:\/\/.*)?$/gm)
  const open = count(
    /^(?:(?:import|export|const|let|return)\b.*[\w)\]'"`]|(?:export )?(?:const|let) .*\}|\}\)|\])[ \t]*$/gm,
  )
  const tight = count(/\{[\w'"]/g)
  const spaced = count(/\{ [\w'"]/g)
  const trailing = count(/,[ \t]*(?:\/\/.*)?\r?\n\s*[\]})]/g)
  // The last entry of an object or array, never the last statement of a block: `key: value`, `{ … }`, a text, a closed list.
  const bare = count(
    /^[ \t]*(?:(['"]?)[\w$-]+\1: .*[\w)'"`\]}]|\{.*\}|'.*'|".*"|`.*`|\](?=[ \t]*\r?\n\s*[\]}])|\}\)?(?=[ \t]*\r?\n\s*\]))[ \t]*(?:\/\/.*)?\r?\n\s*[\]}](?=[,\s)\]};])/gm,
  )
  return {
    quote: single === double ? (fallback?.quote ?? "'") : single > double ? "'" : '"',
    semicolon: ended === open ? (fallback?.semicolon ?? ';') : ended > open ? ';' : '',
    indent: indentOf(code) ?? fallback?.indent ?? '  ',
    newline: text.includes('\r\n') ? '\r\n' : text.includes('\n') ? '\n' : (fallback?.newline ?? '\n'),
    trailingComma: trailing === bare ? (fallback?.trailingComma ?? true) : trailing >= bare,
    spacedBraces: tight === spaced ? (fallback?.spacedBraces ?? true) : spaced > tight,
  }
}

/** The commonest step between a line and a deeper one behind it. */
function indentOf(text: string): string | undefined {
  const steps = new Map<string, number>()
  let before = ''
  for (const line of text.split('\n')) {
    const lead = /^[ \t]*(?=\S)/.exec(line)?.[0]
    if (lead === undefined || /^\s*\*/.test(line)) continue
    if (lead.length > before.length && lead.startsWith(before)) {
      const step = lead.slice(before.length)
      if (step === '\t' || (/^ +$/.test(step) && step.length <= 8)) steps.set(step, (steps.get(step) ?? 0) + 1)
    }
    before = lead
  }
  return [...steps].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** `text` as a string literal in the file's quotes. */
export function quoted(text: string, style: Pick<Style, 'quote'>): string {
  const json = JSON.stringify(text)
  if (style.quote === '"') return json
  return `'${json.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`
}

/** The white space that begins the line of `offset`. */
export function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

/** Moves all lines but the first of `block` in by `indent`; empty lines stay empty. */
export const indentBlock = (block: string, indent: string, newline = '\n'): string =>
  block
    .split('\n')
    .map((line, i) => (i === 0 || line === '' ? line : indent + line))
    .join(newline)

/** `text` as a string literal in the quotes of `literal`; a template stays one. */
export function quotedLike(literal: string, text: string): string {
  const quote = literal[0]
  if (quote === '`') return `\`${text.replace(/[`\\$]/g, '\\$&')}\``
  return quoted(text, { quote: quote === '"' ? '"' : "'" })
}
