// The texts of an app under `examples/`.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))

/** All files of `examples/<name>`, by path inside it, with slashes. */
export function exampleFiles(name: string): Record<string, string> {
  const root = join(examples, name)
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map(path => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]))
}
