// What the path of a file tells: whether users run it, and on which platform.
import type { Scope } from '../../catalog/scope.ts'
import { isTestFile as isTest } from '../../catalog/test-file.ts'

/** `jest.setup.ts`, `jest-setup.js`, `setupTests.ts` */
const setUp = /(^|\/)(?:jest[.-]?setup|setup[.-]?(?:jest|tests?|vitest)|(?:jest|vitest)[.-][\w.-]+)\.[cm]?[jt]sx?$/i
/** True for tests, mocks, stories and what sets tests up: no user runs them. */
export const isTestFile = (scope: Scope, file: string): boolean => setUp.test(file) || isTest(scope, file)

/** `.web` where the file is of one platform; undefined for plain files. */
export const platformOf = (file: string): string | undefined =>
  /\.(?:web|native|ios|android|windows|macos)(?=\.[cm]?[jt]sx?$)/.exec(file)?.[0]
