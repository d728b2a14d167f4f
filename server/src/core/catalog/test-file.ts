// Which files are tests: what they open and write is not the app's.
import type { Workspace } from './scope.ts'

const testFile = /(^|\/)(__tests__|__mocks__|__fixtures__|e2e)\/|\.(test|spec|stories|e2e)\.[cm]?[jt]sx?$/
/** Packages that are tests and nothing else. */
const testPackage = /\/(?:integration|install|unit|e2e)-tests\//
/** Folders of tests, where they stand inside of a package. */
const testFolder = /^(?:.*\/)?(?:tests?|specs?|fixtures|mocks)\//

/** True for files whose databases no user has. */
export function isTestFile(scope: { workspace(): Pick<Workspace, 'project'> }, file: string): boolean {
  if (testFile.test(file) || testPackage.test(file)) return true
  const { root } = scope.workspace().project(file)
  return file.startsWith(`${root}/`) && testFolder.test(file.slice(root.length + 1))
}
