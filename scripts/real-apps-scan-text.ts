// Looks at code with nothing but its characters: comments and strings blanked out, and brackets that belong together.

/** A source text in three layers of the same length. */
export interface Layers {
  readonly text: string
  /** Without comments. */
  readonly plain: string
  /** Without comments and without what stands in strings: only the quotes are left. */
  readonly bones: string
}

/** Blanks out comments and strings. Apostrophes in markup are taken for strings that end with their line. */
export function layersOf(text: string): Layers {
  const plain = [...blankable(text)]
  const bones = [...plain]
  const blank = (layer: string[], from: number, to: number): void => {
    for (let i = from; i < to; i++) if (layer[i] !== '\n') layer[i] = ' '
  }
  /** Positions in `templates` are depths of braces at which a template goes on. */
  const templates: number[] = []
  let depth = 0
  let at = 0
  const template = (): void => {
    const start = at
    while (at < text.length && text[at] !== '`') {
      if (text[at] === '\\') at++
      if (text[at] === '$' && text[at + 1] === '{') {
        blank(bones, start, at)
        templates.push(depth++)
        at += 2
        return
      }
      at++
    }
    blank(bones, start, at)
    at++
  }
  while (at < text.length) {
    const sign = text[at]!
    if (sign === '/' && text[at + 1] === '/') {
      const end = indexOr(text, '\n', at)
      blank(plain, at, end)
      blank(bones, at, end)
      at = end
    } else if (sign === '/' && text[at + 1] === '*') {
      const end = Math.min(text.length, indexOr(text, '*/', at + 2) + 2)
      blank(plain, at, end)
      blank(bones, at, end)
      at = end
    } else if (sign === "'" || sign === '"') {
      const start = ++at
      while (at < text.length && text[at] !== sign && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1
      blank(bones, start, at)
      at++
    } else if (sign === '/' && /(?:[(,=:[!&|?{};]|return)\s*$/.test(text.slice(Math.max(0, at - 20), at))) {
      const found = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//.exec(text.slice(at, at + 500))
      if (found) blank(bones, at, at + found[0].length)
      at += found?.[0].length ?? 1
    } else if (sign === '`') {
      at++
      template()
    } else {
      if (sign === '{') depth++
      if (sign === '}' && --depth === templates.at(-1)) {
        templates.pop()
        at++
        template()
        continue
      }
      at++
    }
  }
  return { text, plain: plain.join(''), bones: bones.join('') }
}

/** UTF-16 units, so that positions stay what they are. */
const blankable = (text: string): string[] => text.split('')

const indexOr = (text: string, part: string, from: number): number => {
  const found = text.indexOf(part, from)
  return found < 0 ? text.length : found
}

/** The position of the bracket that closes the one at `open`; the end of the text where none does. */
export function closing(bones: string, open: number): number {
  let depth = 0
  for (let i = open; i < bones.length; i++) {
    if ('([{'.includes(bones[i]!)) depth++
    if (')]}'.includes(bones[i]!) && --depth === 0) return i
  }
  return bones.length
}

/** The position of the bracket that `at` is in; -1 where it is in none. */
export function opening(bones: string, at: number): number {
  let depth = 0
  for (let i = at - 1; i >= 0; i--) {
    if (')]}'.includes(bones[i]!)) depth++
    if ('([{'.includes(bones[i]!) && depth-- === 0) return i
  }
  return -1
}

/** The parts between the commas of the bracket at `open`, as ranges. */
export function partsOf(bones: string, open: number): readonly { readonly start: number; readonly end: number }[] {
  const end = closing(bones, open)
  const parts: { start: number; end: number }[] = []
  let start = open + 1
  let depth = 0
  for (let i = open + 1; i <= end; i++) {
    const sign = bones[i] ?? ''
    if ((sign === ',' && depth === 0) || i === end) {
      if (bones.slice(start, i).trim() !== '') parts.push({ start, end: i })
      start = i + 1
    } else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
  }
  return parts
}
