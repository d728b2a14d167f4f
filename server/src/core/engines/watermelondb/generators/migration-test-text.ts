// The text of a test of migrations; it says the same in TypeScript and in JavaScript.
import { quoted } from '../../../write/style.ts'

/** What the test names. */
export interface MigrationTest {
  readonly store: string
  /** The folder of the store's snapshots. */
  readonly folder: string
  readonly runner: 'jest' | 'mocha'
  readonly schema: Imported
  readonly migrations: Imported
  /** How the helper is imported. */
  readonly helper: string
}

interface Imported {
  readonly name: string
  readonly from: string
}

/** How each runner says that two values must be the same. */
const words = {
  jest: { imports: '', same: (actual: string, wanted: string) => `expect(${actual}).toEqual(${wanted})` },
  mocha: {
    imports: "import assert from 'node:assert/strict'\n",
    same: (actual: string, wanted: string) => `assert.deepEqual(${actual}, ${wanted})`,
  },
} as const

/** The comment by which the quality gates know the test of a store. */
export const markOf = (store: string): string => `// offline-storage-gate: migrations for ${store.replace(/\s+/g, ' ')}`

/** In the layout of templates. */
export function migrationTestText({ store, folder, runner, helper, ...from }: MigrationTest): string {
  const { imports, same } = words[runner]
  const [schema, migrations] = [localName(from.schema, 'schema'), localName(from.migrations, 'migrations')]
  return `// Rows of every release that has a snapshot, brought to the present schema by the migrations.
${markOf(store)}
${imports}${importOf(from.migrations, migrations)}
${importOf(from.schema, schema)}
import { problemsOf, releasesOf, replay } from ${literal(helper)}

const releases = releasesOf(${literal(folder)})

describe(${literal(`the migrations of ${store}`)}, () => {
  it('start from releases that are known', () => {
    ${same(`problemsOf(${literal(folder)}, releases)`, '[]')}
  })

  for (const release of releases) {
    describe(\`from version \${release.version}\`, () => {
      it('keep every row and value', async () => {
        const { before, after } = await replay(release, ${schema}, ${migrations})
        // A table without rows: no migrations lead on from this version, and the database was reset.
        ${same('after', 'before')}
      })

      it('bring every table and column of the schema', async () => {
        const { missing } = await replay(release, ${schema}, ${migrations})
        ${same('missing', '[]')}
      })

      it('let new rows be written and read', async () => {
        const { written, read } = await replay(release, ${schema}, ${migrations})
        ${same('read', 'written')}
      })
    })
  }
})
`
}

const literal = (text: string): string => quoted(text, { quote: "'" })

/** Names that stand in the test for something else. */
const taken = new Set(
  'assert problemsOf releasesOf replay releases release before after missing written read describe it expect'.split(
    ' ',
  ),
)

const localName = ({ name }: Imported, word: string): string => (name === 'default' || taken.has(name) ? word : name)

function importOf({ name, from }: Imported, local: string): string {
  if (name === 'default') return `import ${local} from ${literal(from)}`
  return `import { ${name === local ? name : `${name} as ${local}`} } from ${literal(from)}`
}
