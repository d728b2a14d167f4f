// The edits of a code action, computed when it is chosen, from the texts as they are then.
import { CodeActionKind } from 'vscode-languageserver/node'
import type { Finding } from '../core/analyze.ts'
import { mend } from '../core/mend.ts'
import type { Edit } from '../core/text/edit.ts'
import type { Folder } from './folder.ts'
import { mendEdits } from './mend-edits.ts'

/** What travels with an offered action to the editor and back. */
export type ActionData =
  | {
      readonly kind: 'fix'
      readonly file: string
      readonly version: number | null
      readonly rule: string
      readonly message: string
      readonly start: number
      readonly title: string
    }
  | { readonly kind: 'all'; readonly file: string; readonly scope: 'file' | 'workspace'; readonly rule?: string }

/** The kind of the action that mends a whole file; editors can run it on save. */
export const fixAllKind: CodeActionKind = `${CodeActionKind.SourceFixAll}.offlineStorage`

/** The edits of an action; undefined when what it was offered for is gone. */
export function editsOf(folder: Folder, data: ActionData): readonly Edit[] | undefined {
  const { analyzer, view } = folder
  if (data.kind === 'all') {
    const files = data.scope === 'file' ? [data.file] : folder.files()
    const mended = mend(analyzer, {
      context: view,
      files,
      ...(data.rule !== undefined && { rules: new Set([data.rule]) }),
    })
    return mendEdits(mended)
  }
  const finding = findAgain(folder, data)
  const fix = finding && analyzer.fixes(finding, view).find(one => one.title === data.title)
  return fix?.edits
}

/**
 * The finding that an action was offered for. In the same version of the text it stands where it stood; in another
 * version it is taken only where nothing else can be meant.
 */
function findAgain(folder: Folder, data: ActionData & { kind: 'fix' }): Finding | undefined {
  const same = folder.analyzer
    .findings(data.file)
    .filter(finding => finding.rule === data.rule && finding.message === data.message)
  if (folder.view.version(data.file) === data.version) return same.find(finding => finding.span.start === data.start)
  return same.length === 1 ? same[0] : undefined
}
