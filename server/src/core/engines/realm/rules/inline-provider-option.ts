// A function is written inline as an option of a RealmProvider.
import { type Hoisted, type HoistedType, hoist, hoistable } from '../../../rules/hoist-function.ts'
import { madeInComponent } from '../../../rules/made-in-component.ts'
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmProject } from '../example-app.ts'
import type { OpeningInStore } from '../types.ts'

interface Data {
  readonly hoisted: Hoisted | undefined
}

/** Options that are functions, with their types. */
const functionTypes: Readonly<Record<string, HoistedType | undefined>> = {
  onMigration: { text: 'Realm.MigrationCallback', needs: { name: 'Realm', from: 'realm', isDefault: true } },
  migration: undefined,
  shouldCompact: undefined,
  shouldCompactOnLaunch: undefined,
  onFirstOpen: undefined,
}

export const inlineProviderOption: Rule<OpeningInStore, Data> = {
  id: 'realm/inline-provider-option',
  severity: 'warning',
  early: true,
  on: 'opening',
  docs: {
    what: 'A function is written inside a component as an option of its `RealmProvider`.',
    why: 'The provider compares its options at every render. A function made anew is another one, so each render closes the realm and opens it again, and everything below is shown anew.',
    fix: 'Moves the function out of the component, where it uses nothing of it.',
  },
  *check({ opening, scope }) {
    const { value, file } = opening.value
    if (value.kind !== 'jsx' || opening.fact.fn === undefined) return
    for (const prop of value.props) {
      if (prop.kind !== 'named' || !Object.hasOwn(functionTypes, prop.name)) continue
      const made = madeInComponent(scope, { value: prop.value, file })
      if (!made) continue
      const isInline = made.value === prop.value
      yield {
        at: { file, span: prop.nameAt },
        message: `"${prop.name}" is another function at each render of this component, so each render closes the realm and opens it again. Move the function out of the component.`,
        ...(!isInline && { related: [{ at: { file, span: made.value.at }, message: 'The function is made here' }] }),
        data: { hoisted: isInline ? hoistable(scope, made, prop.name, functionTypes[prop.name]) : undefined },
      }
    }
  },
  fix: ({ data: { hoisted } }, context) => hoisted && hoist(hoisted, context),
  examples: [
    {
      name: 'a migration',
      project: realm12,
      files: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'
import { migrate } from './migrations'

export function App({ children }: { children: React.ReactNode }) {
  return (
    <RealmProvider
      schema={[Task]}
      schemaVersion={2}
      onMigration={(oldRealm, newRealm) => {
//    ^^^^^^^^^^^ each render closes the realm
        migrate({ oldRealm, newRealm })
      }}
    >
      {children}
    </RealmProvider>
  )
}
`,
      },
      fixed: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'
import { migrate } from './migrations'
import Realm from 'realm'

const onMigration: Realm.MigrationCallback = (oldRealm, newRealm) => {
  migrate({ oldRealm, newRealm })
}

export function App({ children }: { children: React.ReactNode }) {
  return (
    <RealmProvider
      schema={[Task]}
      schemaVersion={2}
      onMigration={onMigration}
    >
      {children}
    </RealmProvider>
  )
}
`,
      },
    },
    {
      name: 'in JavaScript, and a function of the component by its name',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/App.jsx': `import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const { RealmProvider } = createRealmContext({ schema: [Task], schemaVersion: 2 })
export const App = ({ limit }) => {
  const onMigration = () => {}
  return (
    <RealmProvider shouldCompact={(total, used) => used < total / 2} onMigration={onMigration}>
//                 ^^^^^^^^^^^^^ Move the function out
//                                                                   ^^^^^^^^^^^
      {null}
    </RealmProvider>
  )
}
`,
      },
      fixed: {
        'src/App.jsx': `import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const { RealmProvider } = createRealmContext({ schema: [Task], schemaVersion: 2 })
const shouldCompact = (total, used) => used < total / 2

export const App = ({ limit }) => {
  const onMigration = () => {}
  return (
    <RealmProvider shouldCompact={shouldCompact} onMigration={onMigration}>
      {null}
    </RealmProvider>
  )
}
`,
      },
    },
    {
      name: 'functions that stay the same, and other props',
      project: realm12,
      files: {
        'src/App.jsx': `import { useCallback } from 'react'
import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { Task, migrate } from './schema'

const config = { schema: [Task], schemaVersion: 2, onMigration: () => {} }
const shouldCompact = () => true
export const tree = <RealmProvider schema={[Task]} schemaVersion={2} onMigration={() => {}}>{null}</RealmProvider>
export const App = () => {
  const kept = useCallback(() => true, [])
  return (
    <RealmProvider {...config} onMigration={migrate} shouldCompact={shouldCompact} fallback={() => null}>
      <RealmProvider path="b.realm" schema={[Task]} schemaVersion={1} shouldCompact={kept} encryptionKey={new Uint8Array(64)} />
    </RealmProvider>
  )
}
export const open = () => Realm.open({ path: 'c.realm', schema: [Task], schemaVersion: 2, onMigration: () => {} })
`,
      },
    },
  ],
}
