// Files of a layer that are the same in every app: a template with all that it imports.

import { dirname, join } from '../../text/path.ts'
import { type FolderTemplate, folderTemplates, type SyncTemplate, syncTemplates } from '../templates.generated.ts'
import type { LayerFile } from './layer.ts'

/** Templates of the folder `sync` by name (`outbox.ts`), the others by folder and name (`react/use-sync-status.ts`). */
export type TemplateName = SyncTemplate | FolderTemplate

const texts: Readonly<Record<string, string>> = { ...folderTemplates, ...syncTemplates }

/** The templates with everything that they import. Those of `sync` stand in the folder `core` of the layer, those of `queue-testing` in `simulator`. */
export function templateFiles(...names: readonly TemplateName[]): readonly LayerFile[] {
  const found = new Map<string, LayerFile>()
  const add = (name: TemplateName | undefined): void => {
    const text = name === undefined ? undefined : texts[name]
    if (name === undefined || text === undefined || found.has(pathOf(name))) return
    const path = pathOf(name)
    found.set(path, { path, text, followsSchema: false })
    for (const [, from = ''] of text.matchAll(/from '(\.\.?\/[^']+)'/g))
      add(nameOf(join(dirname(`/${path}`), from).slice(1)))
  }
  for (const name of names) add(name)
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The files with the templates that they import and that are not among them yet. Examples in a README import nothing. */
export function withTemplates(files: readonly LayerFile[]): readonly LayerFile[] {
  const present = new Map(files.map(file => [file.path, file]))
  const code = files.filter(file => /\.tsx?$/.test(file.path))
  const wanted = code.flatMap(({ path, text }) =>
    [...text.matchAll(/from '(\.\.?\/[^']+)'/g)].map(([, from = '']) => join(dirname(`/${path}`), from).slice(1)),
  )
  for (const stem of new Set(wanted)) {
    const name = nameOf(stem)
    if (name === undefined) continue
    for (const file of templateFiles(name)) if (!present.has(file.path)) present.set(file.path, file)
  }
  return [...present.values()]
}

const pathOf = (name: string): string =>
  name.includes('/') ? name.replace(/^queue-testing\//, 'simulator/') : `core/${name}`

/** The template that stands at a path of the layer without its ending. */
function nameOf(stem: string): TemplateName | undefined {
  const name = stem.replace(/^core\//, '').replace(/^simulator\//, 'queue-testing/')
  return [`${name}.ts`, `${name}.tsx`].find((one): one is TemplateName => one in texts)
}
