// What is gathered while one tree is walked: scopes, names, functions and the places worth evaluating.
import type { ts } from 'ts-morph'
import type { Binding, CallFact, CatchFact, FunctionFact, ImportFact, TypeFact } from '../facts/file-facts.ts'
import { MovingSpan } from '../text/moving-span.ts'
import type { Span } from '../text/span.ts'
import { plainText } from './plain-text.ts'
import type { SyntaxFault } from './syntax-fault.ts'
import type { Value } from './value.ts'

/** Names of one scope. `null` marks a name that hides outer ones without being a binding (an enum's member). */
export interface Scope {
  readonly outer?: Scope
  /** True where `var` comes to rest: the file, functions and static blocks. */
  readonly holdsVar: boolean
  names?: Map<string, Draft | null>
}

/** A binding in the making: it is finished when the whole file has been seen. */
export interface Draft {
  readonly key: string
  readonly name: string
  kind: Binding['kind']
  at: Span
  fn?: number
  type?: TypeFact
  statementAt?: Span
  import?: Binding['import']
  param?: Binding['param']
  /** Asked for its value once every name of the file is known. */
  value?: () => Value | undefined
  /** True when something is assigned to it after its declaration. */
  assigned: boolean
}

/** A function in the making. */
export interface FunctionDraft {
  readonly id: number
  readonly node: ts.SignatureDeclaration
  readonly kind: FunctionFact['kind']
  readonly parent?: number
  readonly inClass?: string
  readonly params: string[][]
  readonly returns: { readonly node: ts.Expression; readonly scope: Scope }[]
  readonly catches: Mutable<CatchFact>[]
  /** The catch clauses around the present place. */
  readonly open: Mutable<CatchFact>[]
  bareReturn: boolean
  /** True when its steps are kept. */
  readonly keepsSteps: boolean
  /** True once a `return` in some branch has been seen. */
  mayLeave?: boolean
  throws: boolean
}

/** A class in the making. */
export interface ClassDraft {
  readonly key: string
  readonly name: string
  readonly node: ts.ClassLikeDeclaration
  readonly scope: Scope
}

/** An outermost call in the making. */
export interface CallDraft {
  readonly node: ts.Expression
  readonly scope: Scope
  readonly fn?: number
  readonly use: CallFact['use']
  readonly into?: Draft
  /** The name that gets its result, in whatever scope that is declared. */
  target?: { readonly name: string; readonly scope: Scope }
  isDropped?: boolean
  readonly isConditional?: boolean
  readonly isFinal?: boolean
}

/** An assignment in the making. */
export interface AssignDraft {
  readonly node: ts.BinaryExpression
  readonly op: string
  readonly scope: Scope
  readonly fn?: number
}

/** A test of a version in the making; `value` is there for a `case`. */
export interface TestDraft {
  readonly node: ts.Expression
  readonly value?: ts.Expression
  readonly scope: Scope
  readonly fn?: number
  readonly whenTrue: Span
  readonly whenFalse?: Span
  readonly fallsThrough?: boolean
}

/** Another value for a variable that tests of versions may ask for. */
export interface SetDraft {
  readonly node: ts.Expression
  readonly target: ts.Expression
  readonly value?: ts.Expression
  readonly op: string
  readonly scope: Scope
  readonly fn?: number
}

/** An export in the making. */
export type ExportDraft =
  | { readonly kind: 'local'; readonly name: string; readonly local: string; readonly at: Span }
  | { readonly kind: 'value'; readonly name: string; readonly node: ts.Expression | ts.Declaration; readonly at: Span }
  | {
      readonly kind: 'from'
      readonly name: string
      readonly from: string
      readonly imported: string
      readonly at: Span
    }
  /** `module.exports = {…}`: the object is the default export, its properties are exports too. */
  | { readonly kind: 'commonjs'; readonly node: ts.Expression; readonly at: Span }

/** One walk over one tree. The fields that are not readonly say where the walk is. */
export interface Reading {
  readonly tree: ts.SourceFile
  readonly text: string
  /** Added to every offset: a part of a file is parsed alone and placed where it stands. */
  readonly base: number
  readonly faults: readonly SyntaxFault[]
  /** Every span that was made, each once; absent where nobody wants to know. */
  readonly spans?: Span[]
  readonly top: Scope
  readonly drafts: Draft[]
  /** How many inner bindings of a name there are so far. */
  readonly counts: Map<string, number>
  readonly functions: FunctionDraft[]
  readonly functionIds: Map<ts.Node, number>
  readonly classes: ClassDraft[]
  readonly classKeys: Map<ts.Node, string>
  /** How many classes of a name there are so far. */
  readonly classCounts: Map<string, number>
  readonly calls: CallDraft[]
  readonly assigns: AssignDraft[]
  readonly tests: TestDraft[]
  readonly sets: SetDraft[]
  /** The catch clauses of the top level. */
  readonly catches: Mutable<CatchFact>[]
  /** Names that are assigned to, with the scope they were written in. */
  readonly writes: { readonly name: string; readonly scope: Scope }[]
  readonly imports: ImportFact[]
  /** `require` calls that a variable holds. */
  readonly required: Set<ts.Node>
  readonly exports: ExportDraft[]
  readonly stars: { readonly from: string; readonly at: Span }[]
  readonly memo: Map<ts.Node, Value>
  /** The scope of each statement of functions whose steps are kept. */
  readonly scopes: Map<ts.Node, Scope>
  /** The key of the binding that `name` means in `scope`. */
  readonly keyOf: (name: string, scope: Scope) => string | undefined
  scope: Scope
  fn?: FunctionDraft
  /** Whether the steps of the present functions are kept; undefined outside of functions and classes. */
  keepsSteps?: boolean | undefined
  /** How many branches of the present function are around. */
  branches: number
  /** How many `finally` blocks are around. */
  finallies: number
  depth: number
}

/** What the walk has to say about the expression it enters. */
export type Use = CallFact['use']

/** `T` while it is being made. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A copy of a list without the spare room it got while it grew. Facts are many and live long. */
export const tightList = <T>(grown: readonly T[]): readonly T[] => grown.slice()

/** Begins a reading of `tree`. Spans are added to `spans`; `keyOf` replaces the look-up of names, for a part of a file that is read alone. */
export function createReading(
  tree: ts.SourceFile,
  faults: readonly SyntaxFault[],
  spans?: Span[],
  base = 0,
  keyOf: Reading['keyOf'] = (name, scope) => find(name, scope)?.key,
): Reading {
  const top: Scope = { holdsVar: true }
  return {
    tree,
    text: tree.text,
    base,
    faults,
    spans,
    top,
    drafts: [],
    counts: new Map(),
    functions: [],
    functionIds: new Map(),
    classes: [],
    classKeys: new Map(),
    classCounts: new Map(),
    calls: [],
    assigns: [],
    tests: [],
    sets: [],
    catches: [],
    writes: [],
    imports: [],
    required: new Set(),
    exports: [],
    stars: [],
    memo: new Map(),
    scopes: new Map(),
    keyOf,
    scope: top,
    branches: 0,
    finallies: 0,
    depth: 0,
  }
}

/** The offset of the first character of `node` behind its leading comments and blanks. */
export function startOf(r: Reading, node: ts.Node): number {
  const { pos } = node
  if (pos === node.end) return pos
  const first = r.text.charCodeAt(pos)
  if (isPlain(first)) return pos
  if (first === 32 && isPlain(r.text.charCodeAt(pos + 1))) return pos + 1
  return node.getStart(r.tree)
}

/** The span of `node` in the file. */
export const spanOf = (r: Reading, node: ts.Node): Span => makeSpan(r, startOf(r, node), node.end)

/** A span of the parsed text, placed in the file. */
export function makeSpan(r: Reading, start: number, end: number): Span {
  if (!r.spans) return { start: start + r.base, end: end + r.base }
  const span = new MovingSpan(start + r.base, end + r.base)
  r.spans.push(span)
  return span
}

/** The source text of `node`. */
export const textOf = (r: Reading, node: ts.Node): string => r.text.slice(startOf(r, node), node.end)

/** The binding that `name` means in `scope`; undefined for globals. */
export function find(name: string, scope: Scope): Draft | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const draft = at.names?.get(name)
    if (draft !== undefined) return draft ?? undefined
  }
  return undefined
}

/** Runs `inside` in a scope of its own. */
export function inScope(r: Reading, holdsVar: boolean, inside: () => void): void {
  const outer = r.scope
  r.scope = { outer, holdsVar }
  inside()
  r.scope = outer
}

/** The scope in which a `var` of the present place comes to rest. */
export function varScope(r: Reading): Scope {
  let scope = r.scope
  while (!scope.holdsVar && scope.outer) scope = scope.outer
  return scope
}

/**
 * Declares `name` in `scope`. A name declared twice is one binding: the first keeps its place, and a second `var`
 * counts as an assignment.
 */
export function declare(r: Reading, scope: Scope, name: string, kind: Binding['kind'], at: Span): Draft {
  scope.names ??= new Map()
  const known = scope.names.get(name)
  if (known) {
    if (kind === 'let' || kind === 'const') known.assigned = true
    return known
  }
  let key = name
  if (scope !== r.top) {
    const count = (r.counts.get(name) ?? 0) + 1
    r.counts.set(name, count)
    key = `${name}#${count}`
  }
  const draft: Draft = { key: plainText(key), name: plainText(name), kind, at, assigned: false }
  if (r.fn) draft.fn = r.fn.id
  r.drafts.push(draft)
  scope.names.set(name, draft)
  return draft
}

/** True when a syntax error lies in or at the ends of `[start, end]`. */
export const isFaulty = (r: Reading, start: number, end: number): boolean =>
  r.faults.length > 0 && r.faults.some(fault => fault.start <= end && start <= fault.end)

const isPlain = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 63 && code <= 93) ||
  (code >= 36 && code <= 46) ||
  code === 34 ||
  code === 123 ||
  (code >= 48 && code <= 57)
