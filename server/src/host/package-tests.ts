// How the marked tests of each package are run, by what its package.json and its lock file say.
import { existsSync } from 'node:fs'
import { gateNames } from '../core/gates/gates.ts'
import { type Judging, type MarkedTest, testsFor } from '../core/gates/judge-gates.ts'
import { runnerOf, type Starter, testCommand } from '../core/gates/test-command.ts'
import { dirname } from '../core/text/path.ts'

/** The command for the tests of a package, for a terminal in its folder. */
export interface PackageTests {
  readonly root: string
  readonly command: string
}

/** The folder that is looked at, and the texts in it. */
export interface PackagePlace {
  readonly root: string
  readonly text: (file: string) => string | undefined
}

/** The packages with marked tests; those whose runner is not known are left out. */
export function packageTests(place: PackagePlace, judging: Judging): readonly PackageTests[] {
  const byPackage = new Map<string, Set<MarkedTest>>()
  for (const store of judging.stores)
    for (const gate of gateNames)
      for (const test of testsFor(gate, store, judging).clear) {
        const tests = byPackage.get(test.packageRoot) ?? new Set()
        byPackage.set(test.packageRoot, tests.add(test))
      }
  return [...byPackage].flatMap(([root, tests]) => {
    const folders = foldersUp(root, place.root)
    const runner = folders
      .map(folder => runnerOf(place.text(`${folder}/package.json`) ?? ''))
      .find(one => one !== undefined)
    if (runner === undefined) return []
    const files = [...tests].map(({ file }) => file.slice(root.length + 1)).sort()
    return [{ root, command: testCommand(runner, starterOf(folders), files) }]
  })
}

const locks: readonly (readonly [file: string, starter: Starter])[] = [
  ['package-lock.json', 'npx'],
  ['pnpm-lock.yaml', 'pnpm exec'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bunx'],
  ['bun.lockb', 'bunx'],
]

/** By the lock file nearest to the package. */
const starterOf = (folders: readonly string[]): Starter =>
  folders
    .flatMap(folder => locks.filter(([file]) => existsSync(`${folder}/${file}`)))
    .map(([, starter]) => starter)[0] ?? 'npx'

/** The folder and those around it, as far as the top. */
function foldersUp(folder: string, top: string): readonly string[] {
  if (folder === top || !folder.startsWith(`${top}/`)) return [folder]
  return [folder, ...foldersUp(dirname(folder), top)]
}
