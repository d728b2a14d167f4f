// Changes to texts, as data.

/** Replace `[start, end)` of an existing file by `text`. Offsets are UTF-16 code units from 0 in the text as it was read. */
export interface TextEdit {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Create `file` with `text`; never replaces a file that exists. */
export interface NewFile {
  readonly file: string
  readonly create: string
}

/** One step of a fix. */
export type Edit = TextEdit | NewFile

/** Tells a new file from an edit of one that exists. */
export const isNewFile = (edit: Edit): edit is NewFile => 'create' in edit

/**
 * The text after all `edits` (of one file) are made at once. Insertions at one place keep the order given.
 * Throws a RangeError where two edits overlap: such a fix must never reach a file.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, order) => ({ edit, order }))
  ordered.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order)
  let result = ''
  let at = 0
  for (const { edit } of ordered) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length)
      throw new RangeError(`edits overlap or leave the text at ${edit.start}`)
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}
