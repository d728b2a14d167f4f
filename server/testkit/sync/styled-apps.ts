// The example apps as people with other habits would have written them, with everything that a sync layer can be made for.
import type { Answers } from '../../../shared/scaffolds.ts'
import { exampleFiles } from '../example-files.ts'
import { requireOracle } from '../oracle/installed.ts'
import { appRoot } from '../run-example.ts'
import type { ProjectOptions } from '../workspace-of.ts'
import { opOrders } from './example-apps.ts'

type Files = Readonly<Record<string, string>>

/** What Prettier is told about layout. */
export interface Layout {
  readonly singleQuote?: boolean
  readonly semi?: boolean
  readonly tabWidth?: number
  readonly useTabs?: boolean
  readonly trailingComma?: 'all' | 'es5' | 'none'
  readonly bracketSpacing?: boolean
  readonly bracketSameLine?: boolean
  readonly arrowParens?: 'always' | 'avoid'
  readonly printWidth?: number
}

interface Prettier {
  format(text: string, options: Layout & { readonly filepath: string }): Promise<string>
}

/** An app in one layout. */
export interface StyledApp {
  readonly name: string
  readonly layout: Layout
  readonly project: ProjectOptions
  /** The layers that are made for it: the answers of a person. */
  readonly layers: readonly Answers[]
  files(): Promise<Files>
}

/** The layouts by what people call them. */
export const layouts = {
  bare: { singleQuote: true, semi: false, arrowParens: 'avoid', printWidth: 120 },
  wide: { tabWidth: 4, trailingComma: 'none', printWidth: 100 },
  prettier: {},
  reactNative: { singleQuote: true, arrowParens: 'avoid', bracketSpacing: false, bracketSameLine: true },
  tabs: { useTabs: true, singleQuote: true },
} as const satisfies Readonly<Record<string, Layout>>

/** Each kind of layer, over each transport, in one of the layouts at least. */
export const styledApps: readonly StyledApp[] = [
  {
    name: 'notes (WatermelonDB), single quotes without semicolons',
    layout: layouts.bare,
    project: project({ '@nozbe/watermelondb': '0.28.0' }),
    layers: [{}, { transport: 'graphql', conflicts: 'manual', deletes: 'ask' }],
    files: () => inLayout(exampleFiles('notes'), layouts.bare),
  },
  {
    name: 'journal (expo-sqlite), double quotes and four spaces',
    layout: layouts.wide,
    project: project({ 'expo-sqlite': '57.0.3' }),
    layers: [
      { conflicts: 'manual', deletes: 'ask' },
      { transport: 'graphql', conflicts: 'custom' },
    ],
    files: () => inLayout(withPackages(withTextKeys(exampleFiles('journal-sqlite')), 'mocha'), layouts.wide),
  },
  {
    name: 'two databases (WatermelonDB, queue in MMKV), Prettier as it comes',
    layout: layouts.prettier,
    project: project({ '@nozbe/watermelondb': '0.28.0', 'react-native-mmkv': '4.3.2' }),
    layers: [
      { store: 'catalogue', target: 'mmkv', conflicts: 'manual' },
      { store: 'catalogue', target: 'mmkv', transport: 'graphql', conflicts: 'lww', audit: 'no' },
    ],
    files: () =>
      inLayout(
        withPackages(exampleFiles('two-databases'), 'react-native-mmkv', 'react-native-nitro-modules', 'jest'),
        layouts.prettier,
      ),
  },
  {
    name: 'tasks (Realm), as @react-native formats',
    layout: layouts.reactNative,
    project: project({ realm: '20.2.0' }),
    layers: [{}, { transport: 'graphql', conflicts: 'manual', deletes: 'ask' }],
    files: () => inLayout(exampleFiles('tasks-realm'), layouts.reactNative),
  },
  {
    name: 'orders (op-sqlite), tabs, with no settings to be read',
    layout: layouts.tabs,
    project: project({ '@op-engineering/op-sqlite': '18.2.5' }),
    layers: [{ conflicts: 'fieldMerge', deletes: 'editWins' }, { transport: 'graphql' }],
    files: async () => {
      const { '.prettierrc': _, ...files } = await inLayout({ ...opOrders, 'src/totals.ts': totals }, layouts.tabs)
      return files
    },
  },
]

/** Code that shows how arrow functions are written. */
const totals = `export const totalOf = (lines: readonly { amount: number }[]) =>
  lines.map(line => line.amount).reduce((sum, amount) => sum + amount, 0)
`

/** The files as Prettier lays them out, and what it is told. */
async function inLayout(files: Files, layout: Layout): Promise<Files> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, text]) =>
      /\.[jt]sx?$/.test(path) ? ([path, await formatted(path, text, layout)] as const) : ([path, text] as const),
    ),
  )
  return { ...Object.fromEntries(entries), '.prettierrc': JSON.stringify(layout, null, 2) }
}

/** The text as Prettier lays it out. */
export const formatted = (path: string, text: string, layout: Layout): Promise<string> =>
  (requireOracle('prettier') as Prettier).format(text, { ...layout, filepath: path })

function project(versions: Readonly<Record<string, string>>): ProjectOptions {
  return { versions, tsconfig: { file: `${appRoot}/tsconfig.json` } }
}

function withPackages(files: Files, ...names: readonly string[]): Files {
  const manifest = JSON.parse(files['package.json'] ?? '{}') as { dependencies?: Record<string, string> }
  const dependencies = { ...manifest.dependencies, ...Object.fromEntries(names.map(name => [name, '*'])) }
  return { ...files, 'package.json': `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n` }
}

/** Keys that two devices can make without meeting; numbers are not synced. */
function withTextKeys(files: Files): Files {
  const migrate = (files['src/db/migrate.ts'] ?? '')
    .replaceAll('id INTEGER PRIMARY KEY', 'id TEXT PRIMARY KEY')
    .replace('journal_id INTEGER', 'journal_id TEXT')
  return { ...files, 'src/db/migrate.ts': migrate }
}
