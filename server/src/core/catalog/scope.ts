// The eyes of link: follows names across files to what they stand for. Everything read here is remembered as a
// dependency by the signal that reads it, so a changed file re-links only what looked at it.
import type { Baseline } from '../baseline/snapshot.ts'
import type { Binding, ClassFact, Export, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../source/value.ts'
import type { SqlJudge } from '../sql/judge.ts'
import type { Place } from '../text/span.ts'
import type { Named, Numbered } from './catalog.ts'
import { createStoreNames, type StoreNames } from './store-names.ts'

/** What the host knows of the world around the texts. All answers come from memory. */
export interface Workspace {
  /**
   * The files that `specifier` may mean when `from` imports it: the plain file first, then its platform variants
   * (`.native`, `.ios`, `.android`, `.web`). Empty for packages outside the workspace and for what does not exist.
   */
  resolve(from: string, specifier: string): readonly string[]
  /** The package that `file` belongs to. The same object as long as nothing about it changed. */
  project(file: string): Project
}

/** One package (the folder of the nearest package.json), or the workspace folder where there is none. */
export interface Project {
  readonly root: string
  /** Installed version of each storage library (from node_modules, else the range in package.json with `^~>=` removed). */
  readonly versions: Readonly<Record<string, string>>
  /** From the nearest tsconfig; undefined where there is none (JavaScript). */
  readonly strictNullChecks: boolean | undefined
  /** The nearest Babel config; absent where there is none, `unknown` where it says something only running it would tell. */
  readonly babel?: BabelConfig | 'unknown'
  /** The nearest tsconfig.json or jsconfig.json with what it extends; absent where there is none. */
  readonly tsconfig?: TsConfigFacts
  /** How the app is built, as files beside its code say; absent where it is not known. */
  readonly setup?: ProjectSetup
}

/** What files that are not code say of a package. */
export interface ProjectSetup {
  /** Storage libraries, and what they stand on, that the `dependencies` of this package name. */
  readonly dependencies: readonly string[]
  /** The same of any package of the workspace, in any kind of dependencies. */
  readonly workspaceDependencies: readonly string[]
  /**
   * Entries with texts of each Info.plist below `ios`, and properties of `android/gradle.properties` and
   * `ios/Podfile.properties.json`.
   */
  readonly nativeSettings: readonly NativeSetting[]
  /** The `op-sqlite` key of every package.json of the workspace that has one; absent where none has. */
  readonly opSqlite?: readonly OpSqliteFacts[]
}

/** How a package.json has op-sqlite built. */
export interface OpSqliteFacts {
  /** The package.json. */
  readonly file: string
  /** Names of what is switched on. */
  readonly on: readonly string[]
  /** Further flags for the compiler. */
  readonly flags: string
}

/** `<key>name</key><string>value</string>` or `name=value`. Places are in the file as the host read it. */
export interface NativeSetting {
  readonly name: string
  readonly value: string
  readonly nameAt: Place
  readonly valueAt: Place
}

/** What a Babel config says without being run. Names are as written, `require.resolve('x')` seen as `x`; `env` is merged in. */
export interface BabelConfig {
  readonly file: string
  readonly presets: readonly string[]
  /** Options by preset, for those that are given some; `unknown` when some part of them is not static. */
  readonly presetOptions?: Readonly<Record<string, Readonly<Record<string, unknown>> | 'unknown'>>
  /** In the order written. `options` is absent where none are given, `unknown` where some part of them is not static. */
  readonly plugins: readonly {
    readonly name: string
    readonly options?: Readonly<Record<string, unknown>> | 'unknown'
  }[]
}

/** Compiler options that change what decorators and class fields do; an option is absent where nothing known sets it. */
export interface TsConfigFacts {
  readonly file: string
  readonly experimentalDecorators?: boolean
  readonly useDefineForClassFields?: boolean
  readonly target?: string
}

/** A value and the file it is written in. */
export interface Located<V extends Value = Value> {
  readonly value: V
  readonly file: string
}

/** What a reference leads to. */
export type Target =
  | { readonly kind: 'value'; readonly located: Located }
  /** A name of a package outside the workspace; `name` is a dotted path (`default`, `Q.where`, `*`). */
  | { readonly kind: 'external'; readonly from: string; readonly name: string }
  /** All exports of a file. */
  | { readonly kind: 'namespace'; readonly file: string }
  /** What the result of a call has under a name: `make().name`, `const { name } = make()`. */
  | { readonly kind: 'result'; readonly call: Located<CallValue>; readonly name: string }
  | { readonly kind: 'unknown' }

/** One property of an object, wherever it was written. */
export interface Entry {
  readonly name: string
  readonly value: Located
  /** The key. */
  readonly nameAt: Place
  /** The whole `key: value`. */
  readonly at: Place
}

/** An object with spreads and computed keys resolved. `complete` is false when some could not be. */
export interface Shape {
  readonly entries: ReadonlyMap<string, Entry>
  readonly complete: boolean
}

/** An array with spreads resolved. */
export interface Items {
  readonly items: readonly Located[]
  readonly complete: boolean
}

/** Facts of files as signals. */
export interface FileSignals {
  /** Everything about a file's names. Whoever needs one name asks for that one, to be woken by it alone. */
  module(file: string): ModuleFacts | undefined
  binding(file: string, key: string): Binding | undefined
  exportOf(file: string, name: string): Export | undefined
  stars(file: string): ModuleFacts['stars']
  usage(file: string): UsageFacts | undefined
  classKeys(file: string): readonly string[]
  classOf(file: string, key: string): ClassFact | undefined
  /** Files whose facts are given. */
  files(): readonly string[]
  isBroken(file: string): boolean
  workspace(): Workspace
  baseline(store: string): Baseline | undefined
}

/** Facts and the ways to follow them. */
export interface Scope extends FileSignals {
  /** SQLite itself. */
  readonly judge: SqlJudge
  /** The names of all stores of the workspace. */
  readonly storeNames: StoreNames
  target(located: Located): Target
  /** The value that a reference leads to; the reference itself where that is not known. */
  follow(located: Located): Located
  /** The exported name of a file, as a reference would see it. */
  exported(file: string, name: string): Target
  text(located: Located | undefined): Named | undefined
  number(located: Located | undefined): Numbered | undefined
  boolean(located: Located | undefined): boolean | undefined
  shape(located: Located | undefined): Shape | undefined
  items(located: Located | undefined): Items | undefined
}

/** References longer than this are taken for cycles. */
const longestChain = 40

/**
 * Builds the eyes of link over the facts of files. `isPackage` tells names of storage libraries, which are never looked
 * into. Without a `judge`, questions about SQL stay open.
 */
export function createScope(
  signals: FileSignals,
  isPackage: (specifier: string) => boolean,
  judge: SqlJudge = { ask: () => undefined },
): Scope {
  const unknown: Target = { kind: 'unknown' }
  const valueTarget = (value: Value, file: string): Target => ({ kind: 'value', located: { value, file } })

  const imported = (file: string, from: string, name: string, depth: number): Target => {
    if (isPackage(from)) return { kind: 'external', from, name }
    const found = signals.workspace().resolve(file, from)[0]
    if (found === undefined) return from.startsWith('.') ? unknown : { kind: 'external', from, name }
    return name === '*' ? { kind: 'namespace', file: found } : exportedFrom(found, name, depth + 1)
  }

  const exportedFrom = (file: string, name: string, depth: number): Target => {
    if (depth > longestChain) return unknown
    const entry = signals.exportOf(file, name)
    if (entry?.kind === 'binding') return ofBinding(file, entry.key, depth + 1)
    if (entry?.kind === 'value') return targetOf({ value: entry.value, file }, depth + 1)
    if (entry?.kind === 'from') return imported(file, entry.from, entry.name, depth + 1)
    if (name === 'default') return unknown
    for (const star of signals.stars(file)) {
      const found = imported(file, star.from, name, depth + 1)
      if (found.kind !== 'unknown' && !(found.kind === 'external' && !isPackage(found.from))) return found
    }
    return unknown
  }

  const ofBinding = (file: string, key: string, depth: number): Target => {
    const binding = depth > longestChain ? undefined : signals.binding(file, key)
    if (binding === undefined) return unknown
    if (binding.import) return imported(file, binding.import.from, binding.import.name, depth + 1)
    if (binding.value === undefined) return unknown
    return targetOf({ value: binding.value, file }, depth + 1)
  }

  const memberOf = (of: Target, name: string, depth: number): Target => {
    if (of.kind === 'external')
      return { kind: 'external', from: of.from, name: of.name === '*' ? name : `${of.name}.${name}` }
    if (of.kind === 'namespace') return exportedFrom(of.file, name, depth + 1)
    if (of.kind === 'unknown' || of.kind === 'result') return unknown
    const { value, file } = of.located
    if (value.kind === 'call') return { kind: 'result', call: { value, file }, name }
    if (value.kind === 'object' || value.kind === 'array') {
      const entry =
        value.kind === 'object'
          ? shapeOf(of.located, depth + 1)?.entries.get(name)?.value
          : /^\d+$/.test(name)
            ? itemsOf(of.located, depth + 1)?.items[Number(name)]
            : undefined
      return entry ? targetOf(entry, depth + 1) : unknown
    }
    if (value.kind !== 'class') return unknown
    const fact = signals.classOf(file, value.key)
    const member = fact?.members.find(m => m.isStatic && m.name === name && m.initializer)?.initializer
    const found = member ?? fact?.assigned.find(a => a.name === name)?.value
    if (found) return targetOf({ value: found, file }, depth + 1)
    return fact?.superclass ? memberOf(targetOf({ value: fact.superclass, file }, depth + 1), name, depth + 1) : unknown
  }

  /** A call of a helper that gives back one of its arguments, or something that does not depend on them. */
  const helperResult = (located: Located<CallValue>, depth: number): Target | undefined => {
    const callee = targetOf({ value: located.value.callee, file: located.file }, depth + 1)
    if (callee.kind === 'external') {
      const identity = isPackage(callee.from) && (callee.name === 'tableName' || callee.name === 'columnName')
      const first = located.value.args[0]
      return identity && first ? targetOf({ value: first, file: located.file }, depth + 1) : undefined
    }
    if (callee.kind !== 'value' || callee.located.value.kind !== 'function') return undefined
    const { file } = callee.located
    const fn = signals.usage(file)?.functions[callee.located.value.id]
    const result = fn?.returns[0]
    if (!fn || !result || fn.returns.length !== 1 || fn.isAsync || fn.isGenerator || fn.canFallThrough) return undefined
    const parameter = fn.params.findIndex(keys => result.kind === 'name' && keys.length === 1 && keys[0] === result.key)
    const argument = located.value.args[parameter]
    if (argument)
      return argument.kind === 'spread' ? undefined : targetOf({ value: argument, file: located.file }, depth + 1)
    const ownNames = new Set(fn.params.flat())
    for (const part of walkValue(result)) if (part.kind === 'name' && ownNames.has(part.key ?? '')) return undefined
    return targetOf({ value: result, file }, depth + 1)
  }

  const targetOf = (located: Located, depth: number): Target => {
    const { value, file } = located
    if (depth > longestChain) return unknown
    switch (value.kind) {
      case 'name':
        return value.key === undefined ? valueTarget(value, file) : ofBinding(file, value.key, depth + 1)
      case 'await':
        return targetOf({ value: value.value, file }, depth + 1)
      case 'member': {
        const name = value.name ?? keyText({ value: value.index ?? value, file }, depth + 1)
        return name === undefined ? unknown : memberOf(targetOf({ value: value.of, file }, depth + 1), name, depth + 1)
      }
      case 'call':
        return (!value.isNew && helperResult({ value, file }, depth)) || valueTarget(value, file)
      default:
        return valueTarget(value, file)
    }
  }

  const keyText = (located: Located, depth: number): string | undefined => {
    if (located.value.kind === 'member' && depth > longestChain) return undefined
    const text = textOf(located, depth)
    return text?.text ?? numberOf(located, depth)?.value.toString()
  }

  const valueAt = (located: Located, depth: number): Located | undefined => {
    const found = targetOf(located, depth)
    return found.kind === 'value' ? found.located : undefined
  }

  const textOf = (located: Located | undefined, depth = 0): Named | undefined => {
    const found = located && valueAt(located, depth)
    if (!found) return undefined
    const { value, file } = found
    const at = { file, span: value.at }
    if (value.kind === 'string') return { text: value.text, at }
    if (value.kind === 'template') {
      const parts = value.values.map(part => keyText({ value: part, file }, depth + 1))
      if (parts.some(part => part === undefined)) return undefined
      return { text: value.texts.map((text, i) => text + (parts[i] ?? '')).join(''), at }
    }
    if (value.kind !== 'binary' || value.op !== '+') return undefined
    const left = textOf({ value: value.left, file }, depth + 1)
    const right = left && textOf({ value: value.right, file }, depth + 1)
    return left && right && { text: left.text + right.text, at }
  }

  const numberOf = (located: Located | undefined, depth = 0): Numbered | undefined => {
    const found = located && valueAt(located, depth)
    return found?.value.kind === 'number'
      ? { value: found.value.value, at: { file: found.file, span: found.value.at } }
      : undefined
  }

  const shapeOf = (located: Located | undefined, depth = 0): Shape | undefined => {
    const found = located && valueAt(located, depth)
    if (found?.value.kind !== 'object') return undefined
    const { file } = found
    const entries = new Map<string, Entry>()
    let complete = true
    for (const prop of found.value.props) {
      if (prop.kind === 'spread') {
        const inner = shapeOf({ value: prop.value, file }, depth + 1)
        if (!inner?.complete) complete = false
        for (const entry of inner?.entries.values() ?? []) entries.set(entry.name, entry)
        continue
      }
      const name = prop.kind === 'named' ? prop.name : keyText({ value: prop.key, file }, depth + 1)
      if (name === undefined) complete = false
      else {
        const nameSpan = prop.kind === 'named' ? prop.nameAt : prop.key.at
        entries.set(name, {
          name,
          value: { value: prop.value, file },
          nameAt: { file, span: nameSpan },
          at: { file, span: prop.at },
        })
      }
    }
    return { entries, complete }
  }

  const itemsOf = (located: Located | undefined, depth = 0): Items | undefined => {
    const found = located && valueAt(located, depth)
    if (!found) return undefined
    const { value, file } = found
    if (isObjectValues(value)) {
      const shape = shapeOf({ value: value.args[0]!, file }, depth + 1)
      return shape && { items: [...shape.entries.values()].map(entry => entry.value), complete: shape.complete }
    }
    if (value.kind !== 'array') return undefined
    const items: Located[] = []
    let complete = true
    for (const item of value.items) {
      if (item.kind !== 'spread') {
        items.push({ value: item, file })
        continue
      }
      const inner = itemsOf({ value: item.value, file }, depth + 1)
      if (!inner?.complete) complete = false
      if (inner) items.push(...inner.items)
    }
    return { items, complete }
  }

  return {
    ...signals,
    judge,
    storeNames: createStoreNames(),
    target: located => targetOf(located, 0),
    follow: located => valueAt(located, 0) ?? located,
    exported: (file, name) => exportedFrom(file, name, 0),
    text: located => textOf(located),
    number: located => numberOf(located),
    boolean: located => {
      const found = located && valueAt(located, 0)
      return found?.value.kind === 'boolean' ? found.value.value : undefined
    },
    shape: located => shapeOf(located),
    items: located => itemsOf(located),
  }
}

/** `Object.values(x)`, where `Object` is the global. */
const isObjectValues = (value: Value): value is CallValue =>
  value.kind === 'call' &&
  value.args.length === 1 &&
  value.callee.kind === 'member' &&
  value.callee.name === 'values' &&
  value.callee.of.kind === 'name' &&
  value.callee.of.name === 'Object' &&
  value.callee.of.key === undefined
