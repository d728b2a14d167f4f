// Facts of files as signals, so that a change reaches only those who looked at the part that changed.
import { batch, type Signal, signal } from '@preact/signals-core'
import type { Baseline } from '../baseline/snapshot.ts'
import type { Binding, ClassFact, Export, FileFacts, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import type { FileSignals, Workspace } from './scope.ts'

/** The writing side of `FileSignals`. */
export interface FactsStore extends FileSignals {
  /** Gives, replaces or (with undefined) removes the facts of a file. Parts of equal identity wake nobody. */
  put(file: string, facts: FileFacts | undefined): void
  /** Makes files that were added or removed known as such; once after many `put`s, so that loading stays linear. */
  publish(): void
  facts(file: string): FileFacts | undefined
  setWorkspace(workspace: Workspace): void
  setBaselines(baselines: ReadonlyMap<string, Baseline>): void
  /** Files that were looked for and not given. */
  wanted(): ReadonlySet<string>
}

interface Cell {
  facts: FileFacts | undefined
  readonly module: Signal<ModuleFacts | undefined>
  readonly usage: Signal<UsageFacts | undefined>
  readonly classKeys: Signal<readonly string[]>
  readonly classes: Map<string, Signal<ClassFact | undefined>>
  readonly bindings: Map<string, Signal<Binding | undefined>>
  readonly exports: Map<string, Signal<Export | undefined>>
  readonly stars: Signal<ModuleFacts['stars']>
  readonly broken: Signal<boolean>
}

const emptyWorkspace: Workspace = {
  resolve: () => [],
  project: () => ({ root: '', versions: {}, strictNullChecks: undefined }),
}

const noKeys: readonly string[] = []
const noStars: ModuleFacts['stars'] = []

/** The entry of a record; what it inherits does not count, as keys are names out of users' code. */
const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined

/** The signal of one key, made when it is first asked for. */
const keySignal = <T>(
  signals: Map<string, Signal<T | undefined>>,
  key: string,
  now: T | undefined,
): Signal<T | undefined> => {
  let found = signals.get(key)
  if (!found) {
    found = signal(now)
    signals.set(key, found)
  }
  return found
}

/** An empty store of facts. */
export function createFactsStore(): FactsStore {
  const cells = new Map<string, Cell>()
  const files = signal<readonly string[]>([])
  const workspace = signal<Workspace>(emptyWorkspace)
  const baselines = new Map<string, Signal<Baseline | undefined>>()
  const wanted = new Set<string>()
  let added: string[] = []
  let removed = false

  const cellOf = (file: string): Cell => {
    let cell = cells.get(file)
    if (!cell) {
      cell = {
        facts: undefined,
        module: signal(undefined),
        usage: signal(undefined),
        classKeys: signal(noKeys),
        classes: new Map(),
        bindings: new Map(),
        exports: new Map(),
        stars: signal(noStars),
        broken: signal(false),
      }
      cells.set(file, cell)
    }
    if (!cell.facts) wanted.add(file)
    return cell
  }

  const baselineSignal = (store: string): Signal<Baseline | undefined> => {
    let found = baselines.get(store)
    if (!found) {
      found = signal(undefined)
      baselines.set(store, found)
    }
    return found
  }

  return {
    put(file, facts) {
      const cell = cellOf(file)
      const before = cell.facts
      cell.facts = facts
      if (!before && facts) added.push(file)
      if (before && !facts) removed = true
      if (facts) wanted.delete(file)
      batch(() => {
        cell.module.value = facts?.module
        cell.usage.value = facts?.usage
        cell.broken.value = facts?.broken ?? false
        const keys = facts ? Object.keys(facts.classes) : noKeys
        const known = cell.classKeys.peek()
        if (keys.length !== known.length || keys.some((key, i) => key !== known[i])) cell.classKeys.value = keys
        for (const [key, one] of cell.classes) one.value = own(facts?.classes, key)
        for (const [key, one] of cell.bindings) one.value = own(facts?.module.bindings, key)
        for (const [name, one] of cell.exports) one.value = own(facts?.module.exports, name)
        cell.stars.value = facts?.module.stars ?? noStars
      })
    },
    publish() {
      if (removed) files.value = [...cells].filter(([, cell]) => cell.facts).map(([file]) => file)
      else if (added.length > 0) files.value = [...files.peek(), ...added]
      added = []
      removed = false
    },
    facts: file => cells.get(file)?.facts,
    module: file => cellOf(file).module.value,
    usage: file => cellOf(file).usage.value,
    classKeys: file => cellOf(file).classKeys.value,
    classOf(file, key) {
      const cell = cellOf(file)
      return keySignal(cell.classes, key, own(cell.facts?.classes, key)).value
    },
    binding(file, key) {
      const cell = cellOf(file)
      return keySignal(cell.bindings, key, own(cell.facts?.module.bindings, key)).value
    },
    exportOf(file, name) {
      const cell = cellOf(file)
      return keySignal(cell.exports, name, own(cell.facts?.module.exports, name)).value
    },
    stars: file => cellOf(file).stars.value,
    files: () => files.value,
    isBroken: file => cellOf(file).broken.value,
    workspace: () => workspace.value,
    setWorkspace(next) {
      workspace.value = next
    },
    baseline: store => baselineSignal(store).value,
    setBaselines(next) {
      batch(() => {
        for (const name of new Set([...baselines.keys(), ...next.keys()])) baselineSignal(name).value = next.get(name)
      })
    },
    wanted: () => wanted,
  }
}
