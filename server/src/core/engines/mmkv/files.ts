// What the path of a file tells: whether users run it, and on which platform.
import type { Scope } from '../../catalog/scope.ts'

const testFile = /(^|\/)(__tests__|__mocks__|__fixtures__|e2e)\/|\.(test|spec|stories|e2e)\.[cm]?[jt]sx?$/
/** `jest.setup.ts`, `jest-setup.js`, `setupTests.ts` */
const setUp = /(^|\/)(?:jest[.-]?setup|setup[.-]?(?:jest|tests?|vitest)|(?:jest|vitest)[.-][\w.-]+)\.[cm]?[jt]sx?$/i
/** Packages that are tests and nothing else. */
const testPackage = /\/(?:integration|install|unit|e2e)-tests\//
/** Folders of tests, where they stand inside of a package. */
const testFolder = /^(?:.*\/)?(?:tests?|specs?|fixtures|mocks)\//

/** True for tests, mocks and stories, which no user runs. */
export function isTestFile(scope: Scope, file: string): boolean {
  if (testFile.test(file) || setUp.test(file) || testPackage.test(file)) return true
  const { root } = scope.workspace().project(file)
  return file.startsWith(`${root}/`) && testFolder.test(file.slice(root.length + 1))
}

/** `.web` where the file is of one platform; undefined for plain files. */
export const platformOf = (file: string): string | undefined =>
  /\.(?:web|native|ios|android|windows|macos)(?=\.[cm]?[jt]sx?$)/.exec(file)?.[0]
