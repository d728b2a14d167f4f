// Bytes as text: older React Native has neither `btoa` nor `Buffer`.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const bits = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
    const letters = [bits >> 18, bits >> 12, bits >> 6, bits].map(part => alphabet.charAt(part & 63))
    text += letters.slice(0, Math.min(4, bytes.length - index + 1)).join('')
  }
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** @throws for a text that is not base64. */
export function fromBase64(text: string): Uint8Array {
  const letters = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let bits = 0
  for (let index = 0; index < letters.length; index++) {
    const value = alphabet.indexOf(letters.charAt(index))
    if (value === -1) throw new Error('Not base64.')
    bits = ((bits << 6) | value) & 0xffffff
    // Letters 2, 3 and 4 of each four complete a byte.
    const place = index % 4
    if (place > 0) bytes[Math.floor(index / 4) * 3 + place - 1] = (bits >> (6 - place * 2)) & 255
  }
  return bytes
}
