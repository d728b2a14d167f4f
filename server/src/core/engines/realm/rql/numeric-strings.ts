// Tells which strings Realm takes for numbers: it reads them as C++ streams do, as far as they go.

/** True for a string that Realm makes an integer of, so `'5x'`; undefined where it depends on its size. */
export function readsAsInteger(text: string): boolean | undefined {
  const digits = /^[ \t\r\n\f\v]*[+-]?(\d+)/.exec(text)?.[1]
  if (digits === undefined) return false
  return digits.length > 18 ? undefined : true
}

/** True for a string that Realm makes a number with a fraction of: `'5z'` is one, `'5x'` is none. */
export function readsAsFloat(text: string): boolean {
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) return true
  // The stream takes every character that can be part of some number, and then wants all of them to be one.
  const taken = takenForFloat(text.replace(/^[ \t\r\n\f\v]+/, ''))
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^[+-]?0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?$|^[+-]?(?:inf|nan)$/i.test(
    taken,
  )
}

/** True for a string that Realm makes a decimal of. */
export const readsAsDecimal = (text: string): boolean =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^[+-]?inf(?:inity)?$/i.test(text)

function takenForFloat(text: string): string {
  let exponent = 'e'
  let hasPoint = false
  for (const [i, character] of [...text].entries()) {
    const before = text.slice(0, i)
    const lower = character.toLowerCase()
    if (character === '.') {
      if (hasPoint) return before
      hasPoint = true
    } else if (character === '+' || character === '-') {
      if (i > 0 && !before.toLowerCase().endsWith(exponent)) return before
    } else if (lower === 'x') exponent = 'p'
    else if (!/[\da-fpin]/i.test(character)) return before
    if (lower === exponent) hasPoint = true
  }
  return text
}
