// What the package.json around a package names.
import type { ScaffoldContext } from '../engines/contract.ts'

/** The names of all dependencies, those for development too; none where there is no package.json. */
export function packagesOf({ project, text }: ScaffoldContext): readonly string[] {
  const source = text(`${project.root}/package.json`)
  if (source === undefined) return Object.keys(project.versions)
  try {
    const manifest: unknown = JSON.parse(source)
    return ['dependencies', 'devDependencies', 'peerDependencies'].flatMap(key => Object.keys(part(manifest, key)))
  } catch {
    return Object.keys(project.versions)
  }
}

function part(manifest: unknown, key: string): object {
  if (typeof manifest !== 'object' || manifest === null) return {}
  const value: unknown = Object.entries(manifest).find(([name]) => name === key)?.[1]
  return typeof value === 'object' && value !== null ? value : {}
}
