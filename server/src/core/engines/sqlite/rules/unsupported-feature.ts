// A table of a module that the app's SQLite is surely built without.
import type { NativeSetting } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { foldName, scanSql } from '../../../sql/scan-sql.ts'
import { isWord, splitStatements } from '../../../sql/split-statements.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { npmPackage } from '../imports.ts'
import { placeInSql } from '../statements/places.ts'
import { switchOn } from '../statements/switch-on.ts'
import type { SqlInCode } from '../types.ts'

type Data =
  | { readonly kind: 'package'; readonly file: string; readonly name: string }
  | { readonly kind: 'setting'; readonly setting: NativeSetting }

const library = '@op-engineering/op-sqlite'
const opSetup = { dependencies: [library], workspaceDependencies: [library], nativeSettings: [] }
const expoSetup = (value: string) => ({
  dependencies: ['expo-sqlite'],
  workspaceDependencies: ['expo-sqlite'],
  nativeSettings: [
    {
      name: enableFts,
      value,
      nameAt: { file: '/app/android/gradle.properties', span: { start: 0, end: 21 } },
      valueAt: { file: '/app/android/gradle.properties', span: { start: 22, end: 22 + value.length } },
    },
  ],
})
const enableFts = 'expo.sqlite.enableFTS'
const packageJson = (more = '') => `{
  "name": "app",
  "dependencies": {
    "${library}": "18.2.5"
  }${more}
}
`
const search = (marked = true) => `
await db.execute('CREATE VIRTUAL TABLE notes USING fts5(body)')
${marked ? '//                                                 ^^^^ built without fts5' : ''}`
const places = (marked = true) => `
await db.execute('CREATE VIRTUAL TABLE IF NOT EXISTS places USING rtree(id, west, east)')
${marked ? '//                                                                ^^^^^ built without rtree' : ''}`

/** Builds of op-sqlite that bring another SQLite with them. */
const others = new Set(['libsql', 'turso', 'iosSqlite'])

export const unsupportedFeature: Rule<SqlInCode, Data> = {
  id: 'sqlite/unsupported-feature',
  severity: 'error',
  early: true,
  on: 'call',
  docs: {
    what: 'A full-text or R-tree table in an app whose SQLite is built without it: op-sqlite leaves out FTS5 and R-tree unless package.json asks for them, and expo-sqlite leaves out full-text search where `expo.sqlite.enableFTS` is `false`.',
    why: 'On the phone the statement fails with "no such module: fts5". With react-native-sqlite-storage the phone decides, and nothing is reported.',
    fix: 'Sets the flag. The native app must be built anew.',
  },
  *check({ sql: call, project }) {
    const { setup } = project
    const { sql, method } = call
    if (!setup || !sql) return
    for (const { name, start, end } of modulesIn(sql.text)) {
      if (sql.isOpen(start, end)) continue
      const at = placeInSql(call, start, end)
      if (method.package === 'op-sqlite') {
        // Only an app has op-sqlite built, and it may say how in the package.json of any folder above.
        const flag = name === 'fts5' ? 'fts5' : name.startsWith('rtree') ? 'rtree' : undefined
        if (flag === undefined || !setup.dependencies.includes(npmPackage('op-sqlite'))) continue
        const configs = setup.opSqlite ?? []
        const isOn = configs.some(
          ({ on, flags }) =>
            on.some(one => one === flag || others.has(one)) || new RegExp(flag.slice(0, 3), 'i').test(flags),
        )
        if (isOn) continue
        yield {
          at,
          message: `op-sqlite is built without ${flag}, and this fails with "no such module: ${name}". Set "${flag}" under "op-sqlite" in package.json.`,
          data: { kind: 'package', file: configs[0]?.file ?? `${project.root}/package.json`, name: flag },
        }
      } else if (method.package === 'expo-sqlite' && name.startsWith('fts')) {
        const setting = setup.nativeSettings.find(one => one.name === enableFts && one.value === 'false')
        if (!setting) continue
        yield {
          at,
          message: `"${enableFts}" is false, so SQLite is built without full-text search, and this fails with "no such module: ${name}". Set it to true.`,
          related: [{ at: setting.valueAt, message: 'Switched off here' }],
          data: { kind: 'setting', setting },
        }
      }
    }
  },
  fix({ data }, context) {
    if (data.kind === 'package') {
      const edit = switchOn(data.file, context.text(data.file), data.name)
      return edit && { title: `Switch on ${data.name} in package.json`, safe: false, edits: [edit] }
    }
    const { nameAt, valueAt, name } = data.setting
    const { file, span } = valueAt
    // The file may have changed since the host read it.
    const text = context.text(file)
    const isSame =
      text?.slice(nameAt.span.start, nameAt.span.end) === name && text.slice(span.start, span.end) === 'false'
    if (!isSame) return undefined
    return {
      title: `Set ${name} to true`,
      safe: false,
      edits: [{ file, start: span.start, end: span.end, text: 'true' }],
    }
  },
  examples: [
    {
      name: 'op-sqlite without any flag',
      project: { ...opSqlite, setup: opSetup },
      files: { ...sqliteApp({ package: 'op-sqlite', code: search() }), 'package.json': packageJson() },
    },
    {
      name: 'R-tree, with another flag',
      project: {
        ...opSqlite,
        setup: { ...opSetup, opSqlite: [{ file: '/app/package.json', on: ['fts5'], flags: '-DSQLITE_DQS=0' }] },
      },
      files: {
        ...sqliteApp({ package: 'op-sqlite', code: places() + search(false) }),
        'package.json': packageJson(',\n  "op-sqlite": {\n    "fts5": true\n  }'),
      },
    },
    {
      name: 'expo-sqlite with full-text search switched off',
      project: { ...expoSqlite, setup: expoSetup('false') },
      files: {
        ...sqliteApp({
          code: `
await db.execAsync("CREATE VIRTUAL TABLE notes USING fts4(body)")
//                                                   ^^^^ is false`,
        }),
        'android/gradle.properties': `${enableFts}=false\n`,
      },
    },
    {
      name: 'switched on, by a flag of the compiler, by another build, and where nothing is known',
      project: {
        ...opSqlite,
        setup: {
          ...opSetup,
          opSqlite: [{ file: '/app/package.json', on: ['rtree'], flags: '-DSQLITE_ENABLE_FTS5=1' }],
        },
      },
      files: sqliteApp({ package: 'op-sqlite', code: search(false) + places(false) }),
    },
    {
      name: 'libsql',
      project: {
        ...opSqlite,
        setup: { ...opSetup, opSqlite: [{ file: '/app/package.json', on: ['libsql'], flags: '' }] },
      },
      files: sqliteApp({ package: 'op-sqlite', code: search(false) }),
    },
    {
      name: 'a library that an app builds',
      project: { ...opSqlite, setup: { ...opSetup, dependencies: [] } },
      files: sqliteApp({ package: 'op-sqlite', code: search(false) }),
    },
    {
      name: 'expo-sqlite as it is, and an ordinary table',
      project: { ...expoSqlite, setup: expoSetup('true') },
      files: sqliteApp({
        code: "await db.execAsync('CREATE VIRTUAL TABLE notes USING fts5(body); CREATE TABLE fts5 (a)')",
      }),
    },
  ],
}

/** The modules of virtual tables, folded, and where their names stand. */
function* modulesIn(sql: string): Generator<{ readonly name: string; readonly start: number; readonly end: number }> {
  if (!/\bvirtual\b/i.test(sql)) return
  for (const { start, end } of splitStatements(sql)) {
    const text = sql.slice(start, end)
    const tokens = scanSql(text)
    if (!isWord(text, tokens[0], 'create') || !isWord(text, tokens[1], 'virtual')) continue
    const using = tokens.findIndex(token => isWord(text, token, 'using'))
    const module = using < 0 ? undefined : tokens[using + 1]
    if (module?.kind === 'word')
      yield {
        name: foldName(text.slice(module.start, module.end)),
        start: start + module.start,
        end: start + module.end,
      }
  }
}
