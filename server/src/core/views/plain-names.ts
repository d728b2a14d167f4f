// Names for text forms that allow letters, digits and underscores only.

/** Gives every text its own plain name: the text itself where it is plain, else something like it; never one twice. */
export function plainNames(texts: readonly string[], reserved: ReadonlySet<string> = new Set()): readonly string[] {
  const taken = new Set(reserved)
  const names = texts.map(text => {
    const isFree = plainName(text) === text && !taken.has(text.toLowerCase())
    if (isFree) taken.add(text.toLowerCase())
    return isFree ? text : undefined
  })
  return names.map((known, index) => {
    if (known !== undefined) return known
    const base = plainName(texts[index]!)
    let name = base
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${base}_${i}`
    taken.add(name.toLowerCase())
    return name
  })
}

/** `text` in letters, digits and underscores, not beginning with a digit. */
export function plainName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
  return /^[A-Za-z_]/.test(plain) && /[A-Za-z0-9]/.test(plain) ? plain : `e_${plain}`
}
