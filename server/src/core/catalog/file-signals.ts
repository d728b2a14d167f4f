// Facts of files as signals, so that a change reaches only those who looked at the part that changed.
import { batch, type Signal, signal } from '@preact/signals-core'
import type { Baseline } from '../baseline/snapshot.ts'
import type { ClassFact, FileFacts, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
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
  readonly broken: Signal<boolean>
}

const emptyWorkspace: Workspace = {
  resolve: () => [],
  project: () => ({ root: '', versions: {}, strictNullChecks: undefined }),
}

const noKeys: readonly string[] = []

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
        broken: signal(false),
      }
      cells.set(file, cell)
    }
    if (!cell.facts) wanted.add(file)
    return cell
  }

  const classSignal = (cell: Cell, key: string): Signal<ClassFact | undefined> => {
    let found = cell.classes.get(key)
    if (!found) {
      found = signal(cell.facts && Object.hasOwn(cell.facts.classes, key) ? cell.facts.classes[key] : undefined)
      cell.classes.set(key, found)
    }
    return found
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
        for (const [key, one] of cell.classes) one.value = facts?.classes[key]
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
    classOf: (file, key) => classSignal(cellOf(file), key).value,
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
