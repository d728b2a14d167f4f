// Asks realm 20 itself about schemas and configurations: the checks that it makes in JavaScript, before any native code.
import { join } from 'node:path'
import { oracleFolder, requireOracle } from './installed.ts'

/** What realm 20 says of a configuration; undefined where it has no complaint. It stops at the first one. */
export function complaintOf20(configuration: Readonly<Record<string, unknown>>): string | undefined {
  // By path: the package's own entry wants the native library.
  const load = (file: string) => requireOracle(join(oracleFolder, 'node_modules', 'realm', 'dist', file)) as unknown
  const { validateConfiguration } = load('Configuration.js') as { validateConfiguration(configuration: unknown): void }
  const { normalizeRealmSchema } = load('schema/normalize.js') as { normalizeRealmSchema(schema: unknown): unknown }
  try {
    validateConfiguration(configuration)
    if (configuration['schema']) normalizeRealmSchema(configuration['schema'])
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
