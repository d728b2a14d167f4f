// An analyzer that understands a toy language, so that the host is tested apart from the engines: a text concerns it
// when it contains `@storage`, `import 'x'` is a reference, and `store NAME VERSION` is a store.
import type { Snapshot } from '../../src/core/baseline/snapshot.ts'
import type { Store } from '../../src/core/catalog/catalog.ts'
import type { Workspace } from '../../src/core/catalog/scope.ts'
import type { FileFacts } from '../../src/core/facts/file-facts.ts'
import type { StoreReader } from '../../src/core/read-stores.ts'
import type { Feedable } from '../../src/host/feedable.ts'

/** What the tests look at besides the analyzer itself. */
export interface FakeAnalyzer extends Feedable, StoreReader {
  /** Files in the order in which they were given, `text` or `facts`. */
  readonly given: { readonly file: string; readonly as: 'text' | 'facts' }[]
  /** Reads facts for a loader; giving these counts as giving the text. */
  readFacts(file: string, text: string): FileFacts
}

/** Makes an empty one. */
export function fakeAnalyzer(): FakeAnalyzer {
  const facts = new Map<string, FileFacts>()
  const given: { file: string; as: 'text' | 'facts' }[] = []
  const fresh = new Set<FileFacts>()
  let workspace: Workspace | undefined
  const store = (name: string, version: number, file: string): Store => {
    const at = { file, span: { start: 0, end: 0 } }
    return {
      engine: 'toy',
      name,
      at,
      schemaFile: file,
      version: { value: version, at },
      entities: [],
      complete: true,
      migrations: [],
    }
  }
  const storesOf = () =>
    [...facts].flatMap(([file, { classes }]) => Object.values(classes).map(({ name }) => ({ file, name })))
  return {
    given,
    concerns: text => text.includes('@storage'),
    holdsStore: text => text.includes('@storage'),
    set(file, text) {
      given.push({ file, as: 'text' })
      facts.set(file, factsOf(text))
    },
    readFacts(_file, text) {
      const read = factsOf(text)
      fresh.add(read)
      return read
    },
    restore(file, kept) {
      given.push({ file, as: fresh.has(kept) ? 'text' : 'facts' })
      facts.set(file, kept)
    },
    batchPatiently: change => change(),
    catchUp: () => false,
    setWorkspace(next) {
      workspace = next
    },
    wanted() {
      const wanted = [...facts].flatMap(([file, { module }]) =>
        module.imports.flatMap(({ from }) => workspace?.resolve(file, from) ?? []),
      )
      return new Set([...wanted.filter(file => !facts.has(file)), '/nowhere/missing.ts'])
    },
    has: file => facts.has(file),
    facts: file => facts.get(file),
    stores: () => storesOf().map(({ file, name }) => store(name.split(' ')[0]!, Number(name.split(' ')[1]), file)),
    snapshots: () => storesOf().map(({ name }) => toySnapshot(name.split(' ')[0]!, Number(name.split(' ')[1]))),
  }
}

/** A snapshot without entities. */
export const toySnapshot = (store: string, version: number): Snapshot => ({
  format: 'offline-storage/snapshot',
  formatVersion: 1,
  engine: 'toy',
  store,
  version,
  complete: true,
  entities: [],
  migrations: [],
})

function factsOf(text: string): FileFacts {
  const at = { start: 0, end: 0 }
  const imports = [...text.matchAll(/import '([^']+)'/g)].map(([, from]) => ({
    from: from!,
    fromAt: at,
    at,
    typeOnly: false,
    names: [],
  }))
  const classes = [...text.matchAll(/store (\w+ \d+)/g)].map(([, name]) => [
    name!,
    {
      name: name!,
      nameAt: at,
      at,
      bodyAt: at,
      isAbstract: false,
      isDeclare: false,
      decorators: [],
      members: [],
      assigned: [],
    },
  ])
  return {
    module: { bindings: {}, exports: {}, stars: [], imports },
    classes: Object.fromEntries(classes),
    usage: { functions: [], calls: [], assigns: [] },
    silences: [],
    broken: false,
  }
}
