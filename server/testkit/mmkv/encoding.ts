// The bytes in which MMKV keeps a value. They do not say of which type it is, so every getter reads what it finds.

/** What MMKV can store. */
export type MmkvValue = string | number | boolean | ArrayBuffer

/** A value as MMKV writes it: 8 bytes little-endian for a number, length and bytes for texts and buffers, one byte for a boolean. */
export function encode(value: MmkvValue): Uint8Array {
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0)
  if (typeof value === 'number') {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setFloat64(0, value, true)
    return bytes
  }
  const content = typeof value === 'string' ? new TextEncoder().encode(value) : new Uint8Array(value)
  return Uint8Array.of(...varint(content.length), ...content)
}

/** The bytes behind the length; undefined where there are fewer than it says. */
export function decodeBuffer(bytes: Uint8Array): Uint8Array | undefined {
  const length = readVarint(bytes)
  if (!length || length.value < 0 || length.value > bytes.length - length.next) return undefined
  return bytes.slice(length.next, length.next + length.value)
}

/** The text behind the length. */
export function decodeString(bytes: Uint8Array): string | undefined {
  const content = decodeBuffer(bytes)
  return content && new TextDecoder().decode(content)
}

/** The first 8 bytes as a number; undefined where there are fewer. */
export const decodeNumber = (bytes: Uint8Array): number | undefined =>
  bytes.length < 8 ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true)

/** Whether the first varint is not zero. */
export function decodeBoolean(bytes: Uint8Array): boolean | undefined {
  const found = readVarint(bytes)
  return found && found.value !== 0
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}

/** A varint of 32 bits, of up to 10 bytes of which the core drops what is too much; undefined where it does not end. */
function readVarint(bytes: Uint8Array): { readonly value: number; readonly next: number } | undefined {
  let value = 0
  for (let i = 0; i < 10; i++) {
    const byte = bytes[i]
    if (byte === undefined) return undefined
    if (i < 5) value |= (byte & 0x7f) << (7 * i)
    if (byte < 0x80) return { value, next: i + 1 }
  }
  return undefined
}
