// A workspace out of texts, for tests: paths resolve among the given files, as the host resolves them on disk.
import type { Project, Workspace } from '../src/core/catalog/scope.ts'
import { dirname, join } from '../src/core/text/path.ts'

const extensions = ['.ts', '.tsx', '.js', '.jsx']
const platforms = ['.native', '.ios', '.android', '.web']

/** What a test says about the package its files are in. */
export interface ProjectOptions extends Pick<Project, 'babel' | 'tsconfig' | 'setup'> {
  readonly root?: string
  readonly versions?: Readonly<Record<string, string>>
  readonly strict?: boolean
}

/** A workspace in which relative imports find the files of `paths`. */
export function workspaceOf(paths: Iterable<string>, options: ProjectOptions = {}): Workspace {
  const known = new Set(paths)
  const project = {
    root: options.root ?? '/app',
    versions: options.versions ?? { '@nozbe/watermelondb': '0.28.0' },
    strictNullChecks: options.strict ?? true,
    ...(options.babel && { babel: options.babel }),
    ...(options.tsconfig && { tsconfig: options.tsconfig }),
    ...(options.setup && { setup: options.setup }),
  }
  const resolve = (from: string, specifier: string): readonly string[] => {
    if (!specifier.startsWith('.')) return []
    const base = join(dirname(from), specifier)
    const stems = [base, `${base}/index`]
    const plain = [base, ...stems.flatMap(stem => extensions.map(ending => stem + ending))]
    const variants = stems.flatMap(stem => platforms.flatMap(p => extensions.map(ending => stem + p + ending)))
    return [...plain.filter(path => known.has(path)).slice(0, 1), ...variants.filter(path => known.has(path))]
  }
  return { resolve, project: () => project }
}
