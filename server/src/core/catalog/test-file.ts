// Which files are tests: what they open and write is not the app's.
import type { Workspace } from './scope.ts'

/** Also the helpers of tests, which no runner takes for a test. */
const testFile = /(^|\/)(__tests__|__mocks__|__fixtures__|e2e|testing)\/|\.(test|spec|stories|e2e)\.[cm]?[jt]sx?$/
/** Packages that are tests and nothing else. */
const testPackage = /\/(?:integration|install|unit|e2e)-tests\//
/** Folders of a package with tests in plain names. */
const testFolder = /^(?:.*\/)?(?:tests?|specs?|fixtures|mocks)\//

/** True for files whose databases no user has, by what every app calls them. */
export const hasTestName = (file: string): boolean => testFile.test(file)

/** True for files whose databases no user has; asks where the package of the file begins. */
export function isTestFile(scope: { workspace(): Pick<Workspace, 'project'> }, file: string): boolean {
  if (hasTestName(file) || testPackage.test(file)) return true
  const { root } = scope.workspace().project(file)
  return file.startsWith(`${root}/`) && testFolder.test(file.slice(root.length + 1))
}
