// Names the file of something new after the files of its neighbours.
import { basename, dirname } from '../text/path.ts'

/** Ways to spell a name in a path. */
const cases: readonly ((name: string) => string)[] = [
  name => name,
  name => name.charAt(0).toLowerCase() + name.slice(1),
  name => separated(name, '-'),
  name => separated(name, '_'),
  name => name.toLowerCase(),
]

const separated = (name: string, sign: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, `$1${sign}$2`)
    .replace(/[-_]/g, sign)
    .toLowerCase()

/**
 * The path of a file for `name`, in the folder of `file`, which is spelled after one of `names` (`Task.ts`,
 * `task-schema.ts`, `task.model.ts`). Undefined where it is not.
 */
export function fileLike(file: string, names: readonly (readonly [old: string, now: string])[]): string | undefined {
  const base = basename(file)
  for (const [old, now] of names)
    for (const spell of cases) {
      const stem = spell(old)
      const rest = base.slice(stem.length)
      if (base.startsWith(stem) && /^[^A-Za-z0-9]/.test(rest)) return `${dirname(file)}/${spell(now)}${rest}`
    }
  return undefined
}
