// How many bytes a text takes in a file.

/** The number of bytes of a text in UTF-8; half a surrogate pair counts as the character that stands for it there. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The longest beginning of a text that takes no more than so many bytes. */
export function cutTo(text: string, bytes: number): string {
  let cut = ''
  for (const character of text) {
    if (utf8Length(cut + character) > bytes) break
    cut += character
  }
  return cut
}
