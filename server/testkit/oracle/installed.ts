// Tells whether the oracle is installed, and what a test does when it is not.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the oracle's own package.json and node_modules. */
export const oracleFolder = fileURLToPath(new URL('.', import.meta.url))

/** `require` as a module beside the oracle's packages has it. */
export const requireOracle = createRequire(join(oracleFolder, 'package.json'))

/** True when `scripts/setup-oracle.mjs` has succeeded here. */
export const isOracleInstalled = (): boolean => existsSync(join(oracleFolder, 'node_modules', '.oracle-stamp'))

/**
 * For a mocha `before` hook: skips the suite when the oracle is missing, saying so; fails instead where it must not be
 * missing (on CI, or with OFFLINE_STORAGE_ORACLE=required).
 */
export function needOracle(hook: Mocha.Context): void {
  if (isOracleInstalled()) return
  const hint = 'the oracle is not installed; run `node scripts/setup-oracle.mjs`'
  if (process.env['CI'] === 'true' || process.env['OFFLINE_STORAGE_ORACLE'] === 'required') throw new Error(hint)
  console.warn(`      skipped: ${hint}`)
  hook.skip()
}
