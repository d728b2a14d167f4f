// What may be written into a configuration: the options that it lacks.
import type { Offer } from '../../../catalog/mention.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { choice } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import { migrationKey } from '../migrations/upgrade-of.ts'
import { realmName } from '../models/spell-type.ts'
import type { Opening, RealmStore } from '../types.ts'

/** The options that an opening lacks, those that it needs first. */
export function offerOptions(
  scope: Scope,
  { config, entries, isSync }: Opening,
  store: RealmStore | undefined,
  style: Style,
): readonly Offer[] {
  const offers: Offer[] = []
  const lacks = (key: string) => !entries.has(key)
  const released = store?.baseline?.snapshots.at(-1)?.version
  const version = store?.version?.value || (released ?? 1)
  if (lacks('schema')) offers.push({ label: 'schema', snippet: 'schema: [$0]', detail: 'the classes of this realm' })
  if (lacks('schemaVersion') && !isSync)
    offers.push({
      label: 'schemaVersion',
      snippet: `schemaVersion: \${1:${version}}`,
      detail: 'to be raised with each change of a released class',
    })
  const file = config?.file ?? ''
  const key = migrationKey(scope, file)
  if (lacks('onMigration') && lacks('migration') && !isSync && lacks('deleteRealmIfMigrationNeeded')) {
    const type = parameterType(scope, config)
    const lines = [
      `${key}: (oldRealm${type}, newRealm${type}) => {`,
      `\tif (oldRealm.schemaVersion < \${1:${version}}) {`,
      '\t\t$0',
      '\t}',
      '}',
    ]
    offers.push({ label: key, snippet: lines.join('\n'), detail: 'runs on phones with a lower schemaVersion' })
  }
  if (lacks('path'))
    offers.push({
      label: 'path',
      snippet: `path: ${quoted(choice(1, ['app.realm']), style)}`,
      detail: 'the name of the file; default.realm where there is none',
    })
  return offers
}

/** `: Realm` for a constant in TypeScript that says nothing of what it is. */
function parameterType(scope: Scope, config: Opening['config']): string {
  if (!config || !/\.[cm]?tsx?$/.test(config.file)) return ''
  const own = Object.values(scope.module(config.file)?.bindings ?? {}).find(one => one.value === config.value)
  const realm = own && !own.type ? realmName(scope, config.file) : undefined
  return realm === undefined ? '' : `: ${realm}`
}
