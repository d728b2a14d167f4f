// A caret in the files of a test: `$0` says where it is.

/** Files without the mark, and where it was. */
export interface Caret {
  readonly files: Readonly<Record<string, string>>
  /** The path of the file that held the mark, as given. */
  readonly file: string
  /** UTF-16 code units from 0. */
  readonly offset: number
}

/** Takes the one mark out of the files. Throws where there is none, or several. */
export function caretIn(marked: Readonly<Record<string, string>>): Caret {
  const found = Object.entries(marked).flatMap(([file, text]) =>
    [...text.matchAll(/\$0/g)].map(({ index }) => ({ file, offset: index })),
  )
  const [caret, ...others] = found
  if (!caret || others.length > 0) throw new Error(`expected one $0, found ${found.length}`)
  return { files: { ...marked, [caret.file]: marked[caret.file]!.replace('$0', '') }, ...caret }
}
