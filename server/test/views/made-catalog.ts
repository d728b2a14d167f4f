// A catalog by hand, for tests of what is drawn from one.
import type { Baseline, Snapshot } from '../../src/core/baseline/snapshot.ts'
import type { Catalog, Field, Store } from '../../src/core/catalog/catalog.ts'
import type { Mention, Relation } from '../../src/core/catalog/mention.ts'
import type { Place } from '../../src/core/text/span.ts'
import type { DiagramSource, SourceFinding } from '../../src/core/views/source.ts'

/** A field as `type`, followed by `?` for optional, `!` for indexed, `*` for primary. */
export type MadeFields = Readonly<Record<string, string>>

/** What a test says of a store. */
export interface MadeStore {
  readonly name?: string
  readonly engine?: string
  readonly version?: number
  readonly complete?: boolean
  readonly entities: Readonly<Record<string, MadeFields>>
  /** Entities of which only a part is known. */
  readonly partly?: readonly string[]
  /** `notes.notebook_id > notebooks`, or `>?` for one that may be missing. */
  readonly relations?: readonly string[]
  readonly released?: readonly Snapshot[]
  readonly committed?: Snapshot
  readonly snapshot?: Snapshot
}

/** What a test says of a workspace beyond its stores. */
export interface MadeRest {
  readonly mentions?: readonly Mention[]
  readonly findings?: readonly SourceFinding[]
  readonly folder?: string
  readonly broken?: readonly string[]
}

/** A source whose every name has a place of its own in `schema.ts`: 100 characters for an entity's head and for each field. */
export function madeSource(stores: readonly MadeStore[], rest: MadeRest = {}): DiagramSource {
  let offset = 0
  const take = (length: number) => {
    offset += length
    return placeAt(offset - length, offset)
  }
  const made = new Map(stores.map(store => [storeOf(store, take), store]))
  const catalog: Catalog = {
    files: () => ['/app/schema.ts'],
    text: () => '',
    stores: () => [...made.keys()],
    terms: () => ({ entity: ['table', 'tables'], field: ['column', 'columns'] }),
    engineTitle: store => (store.engine === 'watermelondb' ? 'WatermelonDB' : store.engine),
    mentions: file => (rest.mentions ?? []).filter(mention => mention.at.file === file),
    blanks: () => [],
    relations: store => (made.get(store)?.relations ?? []).map(relationOf),
    valueNote: () => undefined,
    plainType: () => 'text',
    hasModel: () => true,
    snapshot: store => made.get(store)?.snapshot,
    baseline: store => baselineOf(made.get(store)),
  }
  return {
    catalog,
    findings: rest.findings ?? [],
    locate: ({ file, span }) => ({
      uri: file.slice(1),
      start: { line: 0, character: span.start },
      end: { line: 0, character: span.end },
    }),
    ...(rest.folder !== undefined && { folder: rest.folder }),
    ...(rest.broken && { broken: rest.broken }),
  }
}

/** A snapshot in the words of `MadeStore`. */
export const madeSnapshot = (
  version: number,
  entities: Readonly<Record<string, MadeFields>>,
  migrations: Snapshot['migrations'] = [],
): Snapshot => ({
  format: 'offline-storage/snapshot',
  formatVersion: 1,
  engine: 'watermelondb',
  store: 'app',
  version,
  complete: true,
  entities: Object.entries(entities).map(([name, fields]) => ({
    name,
    complete: true,
    fields: Object.entries(fields).map(([field, words]) => ({ name: field, ...read(words) })),
  })),
  migrations,
})

const placeAt = (start: number, end: number): Place => ({ file: '/app/schema.ts', span: { start, end } })

const read = (words: string) => ({
  type: words.replace(/[?!*]/g, ''),
  optional: words.includes('?'),
  indexed: words.includes('!'),
})

function storeOf(made: MadeStore, take: (length: number) => Place): Store {
  const { name = 'app', engine = 'watermelondb', version = 1, complete = true, partly = [] } = made
  const at = placeAt(0, 0)
  return {
    engine,
    name,
    at,
    schemaFile: at.file,
    version: { value: version, at },
    complete,
    migrations: [],
    entities: Object.entries(made.entities).map(([entity, fields]) => {
      const head = take(100)
      const read = Object.entries(fields).map(([field, words]) => fieldOf(field, words, take(100)))
      const end = read.at(-1)?.at.span.end ?? head.span.end
      const whole = placeAt(head.span.start, end)
      return { name: { text: entity, at: head }, at: whole, complete: !partly.includes(entity), fields: read }
    }),
  }
}

function fieldOf(name: string, words: string, at: Place): Field {
  const { type, optional, indexed } = read(words)
  return {
    name: { text: name, at },
    type: type === '' ? undefined : { text: type, at },
    optional,
    indexed,
    ...(words.includes('*') && { isPrimary: true }),
    at,
  }
}

function relationOf(text: string): Relation {
  const [, from = '', field = '', sign, to = ''] = /^(.+)\.([^.>]+) (>\??) (.+)$/.exec(text) ?? []
  const toEnd = sign === '>?' ? 'zero-or-one' : 'one'
  return { from, field, to, fromEnd: 'many', toEnd, names: [field.replace(/_id$/, '')], at: placeAt(0, 0) }
}

function baselineOf(made: MadeStore | undefined): Baseline | undefined {
  if (made?.committed) return { kind: 'commit', label: 'HEAD', snapshots: [made.committed] }
  const snapshots = made?.released ?? []
  return snapshots.length > 0
    ? { kind: 'release', label: `offline-storage/app/v${snapshots.at(-1)!.version}.json`, snapshots }
    : undefined
}
