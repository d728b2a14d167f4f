// Writes generated files into an app: what is new is made, what is ours is brought up to date, what a person changed is kept.
import type { ScaffoldContext } from '../../engines/contract.ts'
import type { Edit } from '../../text/edit.ts'
import { join } from '../../text/path.ts'
import { appLayout } from '../../write/app-layout.ts'
import { restyled } from '../../write/restyle.ts'
import { isSameCode, marked, stateOf } from './fingerprint.ts'
import type { LayerFile } from './layer.ts'
import { withTemplates } from './template-files.ts'

/** The edits, and what they do. */
export interface WrittenFiles {
  readonly edits: readonly Edit[]
  readonly made: number
  readonly updated: number
  /** Files that a person has changed and that what they follow has outgrown, or that were never ours. */
  readonly kept: readonly string[]
}

/** The files, and the templates that they import, in `folder` (an absolute path) and in the style of the app's own files `like`. */
export function writeFiles(
  files: readonly LayerFile[],
  folder: string,
  context: ScaffoldContext,
  like: readonly (string | undefined)[],
): WrittenFiles {
  const layout = appLayout(context, like)
  const edits: Edit[] = []
  const kept: string[] = []
  let made = 0
  let updated = 0
  for (const { path, text, followsSchema, keeps } of withTemplates(files)) {
    const file = join(folder, `./${path}`)
    const before = context.text(file)
    const first = keeps && before !== undefined ? keeps.exec(before)?.[0] : undefined
    const lasting = keeps && first !== undefined ? text.replace(keeps, () => first) : text
    const wanted = marked(path, restyled(path, lasting, layout), layout.newline)
    if (before === undefined) {
      made += 1
      edits.push({ file, create: wanted })
    } else if (!isSameCode(path, before, wanted)) {
      if (stateOf(path, before) === 'ours') {
        updated += 1
        edits.push({ file, start: 0, end: before.length, text: wanted })
      } else if (followsSchema || stateOf(path, before) === 'foreign') kept.push(path)
    }
  }
  return { edits, made, updated, kept }
}
