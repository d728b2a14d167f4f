// A provider that opens its database again and again, or that refuses to be shown.
import { type Hoisted, type HoistedType, hoist, hoistable } from '../../../rules/hoist-function.ts'
import { madeInComponent } from '../../../rules/made-in-component.ts'
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly hoisted: Hoisted | undefined
}

const onInit: HoistedType = {
  text: '(db: SQLiteDatabase) => Promise<void>',
  needs: { name: 'SQLiteDatabase', from: 'expo-sqlite', isType: true },
}

const app = (provider: string, head = '', before = '') => ({
  'src/App.tsx': `import { SQLiteProvider, type SQLiteDatabase } from 'expo-sqlite'
import { useCallback } from 'react'
${head}
export function App({ children, onError }: { children: React.ReactNode; onError: (error: Error) => void }) {
${before}  return (
    ${provider.replaceAll('\n', '\n    ')}
      {children}
    </SQLiteProvider>
  )
}
`,
})

export const providerMisuse: Rule<CodeOfFile, Data> = {
  id: 'sqlite/provider-misuse',
  severity: 'warning',
  early: true,
  on: 'code',
  docs: {
    what: 'The `onInit` of an `SQLiteProvider` is a function that its component makes, or the provider has `onError` as well as `useSuspense`.',
    why: 'The provider compares `onInit` by identity. A function made anew at each render closes the database, opens it again and runs the migration again: whatever is running then fails with `Access to closed resource`. With `onError` and `useSuspense` together the provider throws at once.',
    fix: 'Moves the function out of the component, where it uses nothing of it.',
  },
  *check({ openings, scope }) {
    for (const { name, value: located, fact } of openings()) {
      const { value, file } = located
      if (name !== 'SQLiteProvider' || value.kind !== 'jsx') continue
      const props = new Map(value.props.flatMap(prop => (prop.kind === 'named' ? [[prop.name, prop] as const] : [])))
      const init = props.get('onInit')
      const made = init && fact.fn !== undefined ? madeInComponent(scope, { value: init.value, file }) : undefined
      if (init && made) {
        const isInline = made.value === init.value
        yield {
          at: { file, span: init.nameAt },
          message:
            '"onInit" is another function at each render of this component, so each render closes the database and opens it again, under whatever is using it. Move the function out of the component.',
          ...(!isInline && { related: [{ at: { file, span: made.value.at }, message: 'The function is made here' }] }),
          data: { hoisted: isInline ? hoistable(scope, made, 'onInit', onInit) : undefined },
        }
      }
      const suspense = props.get('useSuspense')
      const onError = props.get('onError')
      if (onError && suspense && scope.boolean({ value: suspense.value, file }) === true)
        yield {
          at: { file, span: onError.nameAt },
          message:
            'A provider with "useSuspense" throws when it is given "onError": nothing below it is ever shown. Leave "onError" out, and catch the error in an error boundary.',
          related: [{ at: { file, span: suspense.nameAt }, message: 'Suspense is on' }],
        }
    }
  },
  fix: ({ data: { hoisted } }, context) => hoisted && hoist(hoisted, context),
  examples: [
    {
      name: 'a function in the component',
      project: expoSqlite,
      files: app(`<SQLiteProvider
  databaseName="app.db"
  onInit={async db => {
//^^^^^^ each render closes the database
    await db.execAsync('PRAGMA journal_mode = WAL')
  }}
>`),
      fixed: {
        'src/App.tsx': `import { SQLiteProvider, type SQLiteDatabase } from 'expo-sqlite'
import { useCallback } from 'react'

const onInit: (db: SQLiteDatabase) => Promise<void> = async db => {
  await db.execAsync('PRAGMA journal_mode = WAL')
}

export function App({ children, onError }: { children: React.ReactNode; onError: (error: Error) => void }) {
  return (
    <SQLiteProvider
      databaseName="app.db"
      onInit={onInit}
    >
      {children}
    </SQLiteProvider>
  )
}
`,
      },
    },
    {
      name: 'a function of the component by name, and both ways to tell of errors',
      project: expoSqlite,
      files: app(
        `<SQLiteProvider databaseName="app.db" onInit={migrate} useSuspense onError={onError}>
//                                    ^^^^^^
//                                                                 ^^^^^^^ throws`,
        '',
        `  async function migrate(db: SQLiteDatabase) {
    await db.execAsync('PRAGMA journal_mode = WAL')
  }
`,
      ),
    },
    {
      name: 'functions that stay the same',
      project: expoSqlite,
      files: {
        ...app(
          `<SQLiteProvider databaseName="app.db" onInit={migrate} options={{ enableChangeListener: true }} onError={onError}>`,
          `
async function migrate(db: SQLiteDatabase) {
  await db.execAsync('PRAGMA journal_mode = WAL')
}
`,
        ),
        'src/Other.tsx': `import { SQLiteProvider } from 'expo-sqlite'
import { useCallback } from 'react'

export function Other({ children, mode }: { children: React.ReactNode; mode: string }) {
  const init = useCallback(async db => db.execAsync('PRAGMA journal_mode = WAL'), [])
  return (
    <SQLiteProvider databaseName="other.db" onInit={init} useSuspense>
      {children}
    </SQLiteProvider>
  )
}

export const element = <SQLiteProvider databaseName="third.db" onInit={async db => db.execAsync('SELECT 1')} />
`,
      },
    },
  ],
}
