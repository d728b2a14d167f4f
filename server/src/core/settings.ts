// One table of settings: package.json's configuration, docs/settings.md and the checks of offline-storage.config.json come from it.
import * as z from 'zod'

/** How a rule may be judged. */
export const severitySetting = z.enum(['error', 'warning', 'info', 'off'])

/** The plans of sync layers, as `Generate Sync Layer` keeps them. */
export const syncPlansSetting = z.array(
  z.strictObject({
    store: z.string().min(1),
    target: z.enum(['watermelondb', 'realm', 'mmkv', 'expo-sqlite', 'op-sqlite']),
    transport: z.enum(['rest', 'graphql']),
    endpoint: z.string(),
    folder: z.string().min(1),
    exclude: z.array(z.string()).default([]),
    conflicts: z.enum(['lww', 'fieldMerge', 'manual', 'custom']),
    deletes: z.enum(['deleteWins', 'editWins', 'ask']),
    audit: z.boolean(),
    tests: z.enum(['jest', 'mocha']),
  }),
)

/** Settings that an editor and the config file share. Every one has a default and a description, or is a group of such. */
export const settingsSchema = z.strictObject({
  rules: z
    .record(z.string(), severitySetting)
    .default({})
    .describe('Severity of single rules: `"watermelondb/unindexed-foreign-key": "off"`.'),
  baseline: z
    .union([z.enum(['auto', 'none', 'snapshot', 'git']), z.string().regex(/^git:[^-\s][^\s]*$/, 'a git revision')])
    .default('auto')
    .describe(
      'What a schema is compared with: `auto` takes snapshots, without them the newest release tag, else HEAD; `snapshot`, `git`, `git:<revision>` or `none` choose.',
    ),
  watermelondbPackages: z
    .array(z.string())
    .default([])
    .describe('Further packages that are read as WatermelonDB, for forks (`nitromelondb`).'),
  exclude: z
    .array(z.string())
    .default([])
    .describe('Glob patterns of files that are never read, in the syntax of .gitignore.'),
  sync: syncPlansSetting
    .default([])
    .describe(
      'The sync layers of the app, as the command "Generate Sync Layer" keeps them; run it again after a change of the schema.',
    ),
  gates: z
    .strictObject({
      results: z
        .array(
          z.string().regex(/^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+$/, 'a path inside of the folder'),
        )
        .default([])
        .describe(
          'Result files of your test runs that "Run Quality Gates" reads, from this folder: what `jest --json --outputFile`, `mocha --reporter json` or a reporter of JUnit XML has written.',
        ),
    })
    .prefault({}),
  codeLens: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe(
          'Shows above tables, model classes and migrations who uses them, what they stand for and what they do.',
        ),
    })
    .prefault({}),
  inlayHints: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Shows the type of its column beside a decorated property, and the table that a key belongs to.'),
    })
    .prefault({}),
})

/** The settings in force for a folder. */
export type Settings = z.infer<typeof settingsSchema>

/** Settings where nothing is said. */
export const defaultSettings: Settings = settingsSchema.parse({})
