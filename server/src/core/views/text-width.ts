// How wide a text is in a system font, near enough to give boxes their size without one.

/** Widths in hundredths of the font size, by what they apply to; the first that fits counts. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:;'|!`]/, 27],
  [/[frt()[\]{}/\\\- "*]/, 36],
  [/[mwMW@%]/, 88],
  [/[A-Z&]/, 68],
  [/[a-z0-9_?$#<>=+~^]/, 57],
  [/\p{Mark}/u, 0],
  [
    /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u,
    100,
  ],
]
const anyOther = 66
const boldness = 1.07

/** The width of `text` in pixels. */
export function textWidth(text: string, fontSize: number, isBold = false): number {
  let sum = 0
  for (const char of text) sum += charWidth(char)
  return (sum / 100) * fontSize * (isBold ? boldness : 1)
}

/** `text`, cut and ended by an ellipsis where it is wider than `room` pixels. */
export function fitText(text: string, room: number, fontSize: number, isBold = false): string {
  if (textWidth(text, fontSize, isBold) <= room) return text
  let kept = ''
  for (const char of text) {
    if (textWidth(`${kept}${char}…`, fontSize, isBold) > room) break
    kept += char
  }
  return `${kept.trimEnd()}…`
}

const known = new Map<string, number>()

function charWidth(char: string): number {
  let width = known.get(char)
  if (width === undefined) {
    width = widths.find(([pattern]) => pattern.test(char))?.[1] ?? anyOther
    if (known.size < 1000) known.set(char, width)
  }
  return width
}
