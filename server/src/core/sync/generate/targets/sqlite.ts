// What the two targets in SQLite have in common: the outbox beside the data, both in one transaction.
import { conflictsFile } from '../conflicts-file.ts'
import { entitiesFile } from '../entities-file.ts'
import type { SyncTarget } from '../layer.ts'
import { indexFiles, indexPackages, type StoreParts } from '../queue-files.ts'
import { screenFiles } from '../screen-files.ts'
import { createFile } from '../sqlite/create-file.ts'
import type { SqliteLibrary } from '../sqlite/library.ts'
import { keyProblem, numberedKeys } from '../sqlite/row-numbers.ts'
import { hasNumbers, tablesFile } from '../sqlite/tables-file.ts'
import { templateFiles } from '../template-files.ts'
import { testFiles } from '../test-files.ts'

/** The target of a library. */
export function sqliteTarget(library: SqliteLibrary): SyncTarget {
  return {
    id: library.id,
    engine: 'sqlite',
    title: library.title,
    transports: ['rest', 'graphql'],
    usesRemote: true,
    fits: store => store.engine === 'sqlite' && 'package' in store && store.package === library.id,
    unfit: 'of SQLite, databases of expo-sqlite and op-sqlite can be synced',
    problem: keyProblem,
    numbers: numberedKeys,
    packages: (_plan, schema) => [library.package, 'zod', ...indexPackages(schema.packages)],
    files: (plan, schema) => [
      ...templateFiles(
        library.template,
        'sqlite-store.ts',
        'sqlite-records.ts',
        'sqlite-adoption.ts',
        'sqlite-edits.ts',
        'adopting-transport.ts',
        ...(hasNumbers(schema.entities) ? (['sqlite-ids.ts', 'sqlite-keyed-edits.ts'] as const) : []),
      ),
      entitiesFile(plan, schema),
      tablesFile(schema),
      conflictsFile(plan),
      createFile(library, plan, schema),
      ...indexFiles(plan, schema, partsOf(library)),
      ...screenFiles(plan, schema),
      ...testFiles(plan, schema),
    ],
  }
}

const partsOf = (library: SqliteLibrary): StoreParts => ({
  imports: `import type { ${library.databaseType} } from '${library.package}'`,
  option: `  readonly database: ${library.databaseType}`,
  given: 'database: options.database,',
})
