// The texts of a folder as analysed: what is open in the editor first, then what was read from disk.
import { type Lines, linesOf } from '../core/text/lines.ts'
import { specifierOf } from '../core/text/specifier.ts'
import { readTextNow } from '../host/read-text-now.ts'
import type { Documents } from './documents.ts'
import { toUri } from './uri.ts'
import type { View } from './view.ts'

/** A view that can be given the texts that were read. */
export interface FolderView extends View {
  keep(file: string, text: string): void
  forget(file: string): void
  /** The text that was read from disk, if the file is not open. */
  kept(file: string): string | undefined
}

/** A view over open documents and no kept texts yet. */
export function createFolderView(documents: Documents): FolderView {
  const texts = new Map<string, string>()
  /** Texts of files whose facts were kept from an earlier start: read when somebody asks for places in them. */
  const late = new Map<string, string>()
  const lines = new Map<string, { readonly text: string; readonly lines: Lines }>()
  const text = (file: string) =>
    documents.get(file)?.text.toString() ?? texts.get(file) ?? late.get(file) ?? readTextNow(file)
  return {
    text,
    specifier: (from, to) => specifierOf(from, to, text),
    lines(file) {
      const open = documents.get(file)
      if (open) return open.text.lines
      const now = text(file) ?? ''
      if (!texts.has(file)) late.set(file, now)
      const known = lines.get(file)
      if (known?.text === now) return known.lines
      const fresh = linesOf(now)
      lines.set(file, { text: now, lines: fresh })
      return fresh
    },
    uri: file => documents.get(file)?.uri ?? toUri(file),
    version: file => documents.get(file)?.version ?? null,
    keep(file, now) {
      late.delete(file)
      texts.set(file, now)
    },
    forget(file) {
      texts.delete(file)
      late.delete(file)
      lines.delete(file)
    },
    kept: file => texts.get(file),
  }
}
