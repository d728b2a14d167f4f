// SQLite counts bytes of UTF-8, everybody else here UTF-16 code units.

export interface Utf8Offsets {
  toUtf16(byte: number): number
  toByte(offset: number): number
}

/** The way from one to the other in `text`, which takes `size` bytes. A byte within a character leads to its beginning. */
export function offsetsOf(text: string, size: number): Utf8Offsets {
  const clamp = (value: number, top: number) => Math.max(0, Math.min(value, top))
  if (size === text.length) return { toUtf16: byte => clamp(byte, size), toByte: offset => clamp(offset, size) }
  let byteOf: Uint32Array | undefined
  const bytes = () => {
    byteOf ??= bytesOf(text)
    return byteOf
  }
  return {
    toByte: offset => bytes()[clamp(offset, text.length)]!,
    toUtf16: byte => {
      const starts = bytes()
      let low = 0
      let high = text.length
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (starts[middle]! <= byte) low = middle
        else high = middle - 1
      }
      // Both halves of a pair begin at the same byte; its first half is its beginning.
      return low > 0 && starts[low - 1] === starts[low] && low < text.length ? low - 1 : low
    },
  }
}

/** For each UTF-16 offset of `text`, and its end, the byte it stands at. */
function bytesOf(text: string): Uint32Array {
  const starts = new Uint32Array(text.length + 1)
  let byte = 0
  for (let i = 0; i < text.length; i++) {
    starts[i] = byte
    const code = text.codePointAt(i)!
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (code >= 0x10000) starts[++i] = byte - 4
  }
  starts[text.length] = byte
  return starts
}
