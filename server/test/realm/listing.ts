// What is read of an app, as lines that a test compares.
import type { RealmClass, RealmStore } from '../../src/core/engines/realm/types.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { type RunningApp, runApp } from '../../testkit/run-example.ts'

/** The realms of an app; no rule is asked. */
export function realmsOf(
  files: Readonly<Record<string, string>>,
  project?: Example['project'],
): { readonly app: RunningApp; readonly stores: readonly RealmStore[] } {
  const app = runApp(files, { rules: [], ...(project && { project }) })
  const stores = app.analyzer.stores().flatMap(store => (store.engine === 'realm' ? [store as RealmStore] : []))
  return { app, stores }
}

/** `name v1 (new, open): A, B …`: what is not complete ends with `?`. */
export const storeLine = (store: RealmStore): string => {
  const kinds = store.openings.map(opening => opening.kind).join(', ')
  const marks = [store.isSync && 'sync', store.inMemory && 'memory'].filter(Boolean).join(' ')
  return `${store.name} v${store.version?.value ?? '?'} (${kinds})${marks && ` ${marks}`}: ${store.classes.map(one => (one.isNamed ? one.name.text : '<nameless>')).join(', ')}${store.complete ? '' : ' ?'}`
}

/** A class and its properties, one on each line. */
export const classLines = (one: RealmClass): string[] => [
  `${one.isNamed ? one.name.text : '<nameless>'} ${one.form}${one.embedded ? ' embedded' : ''}${one.asymmetric ? ' asymmetric' : ''}${one.complete ? '' : ' ?'}`,
  ...one.fields.map(field => {
    const marks = [
      field.isPrimary && 'key',
      field.index === 'full-text' ? 'full-text' : field.index && !field.isPrimary && 'indexed',
      field.index === undefined && 'indexed?',
      field.mapTo && `-> ${field.mapTo.text}`,
      field.default && 'default',
      field.unclear && 'unclear',
      field.fault && `! ${field.fault.message}`,
    ].filter(Boolean)
    return `  ${field.name.text}: ${field.type?.text ?? '?'}${marks.map(mark => ` ${mark}`).join('')}`
  }),
  ...one.dropped.map(
    ({ member, why, meant }) => `  - ${member.fact.name} ${why}${meant === undefined ? '' : `, meant ${meant}`}`,
  ),
]

/** All realms, each with its classes. */
export const listing = (files: Readonly<Record<string, string>>, project?: Example['project']): string =>
  realmsOf(files, project)
    .stores.flatMap(store => [
      storeLine(store),
      ...store.classes.flatMap(one => classLines(one).map(line => `  ${line}`)),
    ])
    .join('\n')
