// What ESLint says of generated files, under the configurations that apps have.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireOracle } from '../oracle/installed.ts'

/** `recommended`: typescript-eslint and the rules of hooks; `react-native`: what `@react-native/eslint-config` brings to each new app. */
export type LintSetup = 'recommended' | 'react-native'

interface LintMessage {
  readonly line: number
  readonly ruleId: string | null
  readonly message: string
  /** 1 for a warning, 2 for an error. */
  readonly severity: 1 | 2
}

/** What is wrong, and by which rule. */
export interface LintProblem {
  readonly at: string
  readonly rule: string
  readonly isError: boolean
}

interface Linter {
  lintText(text: string, options: { filePath: string }): Promise<readonly Result[]>
}

interface Result {
  readonly messages: readonly LintMessage[]
}

type Make = new (options: Readonly<Record<string, unknown>>) => Linter

/** All errors and warnings. The oracle must be installed. */
export async function lintProblems(
  files: Readonly<Record<string, string>>,
  setup: LintSetup,
): Promise<readonly LintProblem[]> {
  const { ESLint } = requireOracle('eslint') as { ESLint: Make }
  const linter = new ESLint({ cwd: tmpdir(), overrideConfigFile: true, overrideConfig: configs[setup]() })
  const problems: LintProblem[] = []
  for (const [path, text] of Object.entries(files)) {
    if (!/\.tsx?$/.test(path)) continue
    for (const { messages } of await linter.lintText(text, { filePath: join(tmpdir(), path) }))
      for (const { line, ruleId, message, severity } of messages)
        problems.push({ at: `${path}:${line} ${message}`, rule: ruleId ?? 'syntax', isError: severity === 2 })
  }
  return problems
}

const configs: Readonly<Record<LintSetup, () => readonly object[]>> = {
  recommended: () => {
    const typed = requireOracle('typescript-eslint') as { configs: { recommended: readonly object[] } }
    const hooks = requireOracle('eslint-plugin-react-hooks') as { configs: { flat: { recommended: object } } }
    return [...typed.configs.recommended, hooks.configs.flat.recommended].map(part => ({
      files: ['**/*.ts', '**/*.tsx'],
      ...part,
    }))
  },
  'react-native': () => [
    ...(requireOracle('@react-native/eslint-config/flat') as readonly object[]),
    { settings: { react: { version: '19.2.0' } } },
  ],
}
