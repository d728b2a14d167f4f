// What is read of an app, as lines that a test compares.
import type { Key, MmkvStore } from '../../src/core/engines/mmkv/types.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { type RunningApp, runApp } from '../../testkit/run-example.ts'

/** The instances of an app; no rule is asked. */
export function instancesOf(
  files: Readonly<Record<string, string>>,
  project: Example['project'] = { versions: { 'react-native-mmkv': '4.3.2' } },
): { readonly app: RunningApp; readonly stores: readonly MmkvStore[] } {
  const app = runApp(files, { rules: [], project })
  const stores = app.analyzer.stores().flatMap(store => (store.engine === 'mmkv' ? [store as MmkvStore] : []))
  return { app, stores }
}

/** `name (create, hook) encrypted`: `?` behind what is not known. */
export const storeLine = (store: MmkvStore): string => {
  const kinds = store.openings.map(({ kind }) => kind).join(', ')
  const id = store.id === undefined ? ' id?' : ''
  const encryption = store.isEncrypted === undefined ? ' encrypted?' : store.isEncrypted ? ' encrypted' : ''
  return `${store.name} (${kinds})${id}${encryption}`
}

/** `token: string, written by set, read by getString`, wrapped uses in brackets. */
export const keyLine = (key: Key): string => {
  const uses = key.uses.map(
    ({ method, type, isWrapped }) => `${isWrapped ? `[${method}]` : method}${type ? ` ${type}` : ''}`,
  )
  return `${key.name.text}: ${key.written ?? '?'} < ${uses.join(', ')}`
}

/** All instances, each with its keys; uses without a key come last. */
export const listing = (files: Readonly<Record<string, string>>, project?: Example['project']): string[] =>
  instancesOf(files, project).stores.flatMap(store => [
    storeLine(store),
    ...(store.entities[0]?.fields ?? []).map(key => `  ${keyLine(key)}`),
    ...store.uses.filter(({ key }) => !key).map(({ method, type }) => `  - ${method}${type ? ` ${type}` : ''}`),
  ])
