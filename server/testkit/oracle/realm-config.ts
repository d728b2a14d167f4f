// Opens the configurations of an example app in the real Realm.
import type { Entry, Scope } from '../../src/core/catalog/scope.ts'
import type { Opening } from '../../src/core/engines/realm/types.ts'
import type { CallValue } from '../../src/core/source/value.ts'
import { openRealm } from './realm.ts'

/** A configuration as a value. */
export type Configuration = Readonly<Record<string, unknown>>

type Constructor = new (configuration: Configuration) => { close(): void }

let paths = 0

/**
 * Opens configurations one after the other, each while those before it are open, all at one new path. Gives what Realm
 * says when it refuses one; undefined where it opens all. Realm is given a path of its own, and a schema where one is
 * given, whatever that is.
 */
export async function refusalOf(...configurations: readonly Configuration[]): Promise<string | undefined> {
  const probe = await openRealm([])
  if (!probe.ok) throw new Error(probe.message)
  const Realm = probe.value.realm.constructor as Constructor
  probe.value.close()
  const path = `configuration-${++paths}`
  const schema = [{ name: 'Task', properties: { title: 'string' } }]
  const open: { close(): void }[] = []
  try {
    for (const one of configurations)
      open.push(new Realm({ ...one, path, ...(one['schema'] !== undefined && { schema }) }))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    for (const realm of open) realm.close()
  }
}

/** The options of an opening as values: a function for a function, `__DEV__` as in development; unknown ones are left out. */
export function configurationOf(scope: Scope, { entries }: Opening): Configuration {
  return Object.fromEntries([...entries.values()].map(entry => [entry.name, optionValue(scope, entry)]))
}

function optionValue(scope: Scope, { name, value: located }: Entry): unknown {
  const { value } = scope.follow(located)
  if (name === 'schema') return []
  switch (value.kind) {
    case 'string':
      return value.text
    case 'number':
    case 'boolean':
      return value.value
    case 'null':
      return null
    case 'object':
      return {}
    case 'function':
      return () => undefined
    case 'call':
      return bytesOf(value)
    case 'name':
      return value.name === '__DEV__' ? true : undefined
    default:
      return undefined
  }
}

const bytesOf = ({ callee, args, isNew }: CallValue): unknown =>
  isNew && callee.kind === 'name' && callee.name === 'Uint8Array' && args[0]?.kind === 'number'
    ? new Uint8Array(args[0].value)
    : undefined
