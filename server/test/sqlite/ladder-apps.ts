// Small apps with a ladder by `user_version`, in each shape that people write.

/** A step: the version that it leads to, and its statements. */
export interface Step {
  readonly version: number
  readonly statements: readonly string[]
}

/** A way to write steps. `fresh`, where it is given, makes new databases at once. */
export type Shape = (steps: readonly Step[], fresh?: readonly string[]) => string

const open = `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')
`
const literal = (statements: readonly string[]): string =>
  `\`\n${statements.map(one => `        ${one};`).join('\n')}\n      \``
const top = (steps: readonly Step[]): number => Math.max(...steps.map(step => step.version))

/** The branch for new databases. */
const branch = (steps: readonly Step[], fresh: readonly string[] | undefined): string =>
  fresh
    ? `  if (version === 0) {
    await db.execAsync(${literal([...fresh, `PRAGMA user_version = ${top(steps)}`])})
    return
  }
`
    : ''

const ifBelow: Shape = (steps, fresh) => `${open}
export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  const version = row?.user_version ?? 0
${branch(steps, fresh)}${steps
  .map(
    ({ version, statements }) => `  if (version < ${version}) {
    await db.withTransactionAsync(async () => {
      await db.execAsync(${literal(statements)})
      await db.execAsync('PRAGMA user_version = ${version}')
    })
  }
`,
  )
  .join('')}}
`

const ifEqual: Shape = (steps, fresh) => `${open}
export async function migrate() {
  const LATEST = ${top(steps)};
  const row = await db.getFirstAsync<{ user_version: number }>("PRAGMA user_version");
  let version = row?.user_version ?? 0;
  if (version >= LATEST) return;
${branch(steps, fresh)}  await db.withExclusiveTransactionAsync(async txn => {
${steps
  .map(
    ({ version, statements }, i) => `    if (version === ${steps[i - 1]?.version ?? version - 1}) {
      await txn.execAsync(${literal(statements)});
      version = ${version};
    }
`,
  )
  .join('')}    await txn.execAsync(\`PRAGMA user_version = \${LATEST}\`);
  });
}
`

const falling: Shape = (steps, fresh) => `${open}
export async function migrate() {
  const { user_version: version } = await db.getFirstAsync('PRAGMA user_version')
${branch(steps, fresh)}  switch (version) {
${steps
  .map(({ version, statements }) => `    case ${version - 1}:\n      await db.execAsync(${literal(statements)})\n`)
  .join('')}  }
  await db.execAsync('PRAGMA user_version = ${top(steps)}')
}
`

const runner = (steps: readonly Step[], fresh: readonly string[] | undefined): string => `
export async function migrate() {
  const { user_version: version } = await db.getFirstAsync('PRAGMA user_version')
${branch(steps, fresh)}  for (const step of steps) {
    if (step.version <= version) continue
    await db.withTransactionAsync(async () => {
      await step.up(db)
      await db.execAsync(\`PRAGMA user_version = \${step.version}\`)
    })
  }
}
`

const list: Shape = (steps, fresh) => `${open}
const steps = [
${steps
  .map(
    ({ version, statements }) => `  {
    version: ${version},
    up: async (db: SQLite.SQLiteDatabase) => {
      await db.execAsync(${literal(statements)})
    },
  },
`,
  )
  .join('')}]
${runner(steps, fresh)}`

const texts: Shape = (steps, fresh) => `${open}
const steps = [
${steps.map(({ version, statements }) => `  { version: ${version}, sql: ${literal(statements)} },\n`).join('')}]
${runner(steps, fresh).replace('await step.up(db)', 'await db.execAsync(step.sql)')}`

/** The shapes by their names. */
export const shapes: Readonly<Record<string, Shape>> = { ifBelow, ifEqual, falling, list, texts }
