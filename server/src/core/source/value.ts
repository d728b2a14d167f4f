// What an expression says before anything runs: a static value that remembers where each piece was written.
import type { Span } from '../text/span.ts'

/**
 * A static value. Parentheses, `as`, `satisfies`, `!` and type assertions are looked through.
 * Names are not followed here: a `name` is an open reference, closed by `catalog/scope.ts`, maybe in another file.
 * What cannot be known before run time is `unknown`, and nothing that depends on it is judged.
 */
export type Value =
  | StringValue
  | { readonly kind: 'number'; readonly value: number; readonly at: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Span }
  | { readonly kind: 'null'; readonly at: Span }
  | { readonly kind: 'undefined'; readonly at: Span }
  | TemplateValue
  | ArrayValue
  | ObjectValue
  | NameValue
  | MemberValue
  | CallValue
  | FunctionValue
  | ClassValue
  | JsxValue
  | BinaryValue
  | ConditionalValue
  | { readonly kind: 'spread'; readonly value: Value; readonly at: Span }
  | { readonly kind: 'await'; readonly value: Value; readonly at: Span }
  | { readonly kind: 'this'; readonly at: Span }
  | UnknownValue

/** A string literal, or a template without substitutions. `at` covers the quotes. `text` is cooked (escapes resolved). */
export interface StringValue {
  readonly kind: 'string'
  readonly text: string
  /** Only where escapes make it longer than `text`, see `source/escapes.ts`. */
  readonly escapes?: readonly number[]
  /** Only where no quote closes it: it ends with its line. */
  readonly isOpen?: true
  /** Only where it is the whole text of a file: then no quotes stand around it. */
  readonly isFile?: true
  /** Only where it is not known which of its letters stands where. Lengths do not tell: spans move while somebody types. */
  readonly isOpaque?: true
  readonly at: Span
}

/** What only running tells. `type` is there where the syntax alone gives it: `!x`, `typeof x`, `x instanceof X`. */
export interface UnknownValue {
  readonly kind: 'unknown'
  readonly type?: 'boolean' | 'string'
  readonly at: Span
}

/** A template with substitutions, or the same made by `String.raw`. Texts and values alternate, texts first and last. */
export interface TemplateValue {
  readonly kind: 'template'
  readonly texts: readonly string[]
  readonly values: readonly Value[]
  /** How many units into it each of the texts begins; only where they are written as they read. */
  readonly starts?: readonly number[]
  readonly at: Span
}

/** An array literal. An item may be a `spread`; a hole is `undefined`. */
export interface ArrayValue {
  readonly kind: 'array'
  readonly items: readonly Value[]
  readonly at: Span
}

/** An object literal, or an enum seen as one. */
export interface ObjectValue {
  readonly kind: 'object'
  readonly props: readonly Prop[]
  readonly at: Span
}

/** One entry of an object literal: a named property, one with a computed key, or a spread (then `value` is what is spread). */
export type Prop =
  | { readonly kind: 'named'; readonly name: string; readonly nameAt: Span; readonly value: Value; readonly at: Span }
  | { readonly kind: 'computed'; readonly key: Value; readonly value: Value; readonly at: Span }
  | { readonly kind: 'spread'; readonly value: Value; readonly at: Span }

/**
 * An identifier. `key` finds its binding in the same file's facts; a name of no binding (a global, a type) has
 * `key` undefined.
 */
export interface NameValue {
  readonly kind: 'name'
  readonly name: string
  readonly key?: string
  readonly at: Span
}

/** `of.name`, `of?.name`, `of['name']`, and a destructured name seen as a member of what is taken apart; `of[expr]` has `index`. */
export interface MemberValue {
  readonly kind: 'member'
  readonly of: Value
  readonly name?: string
  readonly index?: Value
  readonly nameAt: Span
  readonly at: Span
}

/** `callee(args)` or `new callee(args)`. A tagged template is a call whose one argument is the template. */
export interface CallValue {
  readonly kind: 'call'
  readonly callee: Value
  readonly args: readonly Value[]
  readonly isNew: boolean
  /** Texts of the type arguments, if any. */
  readonly types?: readonly string[]
  /** The span of `(...)` with its parentheses; where there are none (`new X`), an empty span at the end. */
  readonly argsAt: Span
  readonly at: Span
}

/** A function expression, an arrow, an object method or a declared function. Its facts are `FileFacts.functions[id]`. */
export interface FunctionValue {
  readonly kind: 'function'
  readonly id: number
  readonly at: Span
}

/** A class expression or declaration. Its facts are `FileFacts.classes[key]`. */
export interface ClassValue {
  readonly kind: 'class'
  readonly key: string
  readonly at: Span
}

/** `<tag props>`; a prop without a value is `true`, children are not kept. */
export interface JsxValue {
  readonly kind: 'jsx'
  readonly tag: Value
  readonly props: readonly Prop[]
  readonly at: Span
}

/** `left op right` for `+ - * / || && ??`, and comparisons (never evaluated, but their calls are seen). */
export interface BinaryValue {
  readonly kind: 'binary'
  readonly op: string
  readonly left: Value
  readonly right: Value
  readonly at: Span
}

/** `test ? whenTrue : whenFalse`. */
export interface ConditionalValue {
  readonly kind: 'conditional'
  readonly test: Value
  readonly whenTrue: Value
  readonly whenFalse: Value
  readonly at: Span
}

/** The values directly inside `value`, in source order. Bodies of functions and classes are not inside. */
export function childrenOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'template':
      return value.values
    case 'array':
      return value.items
    case 'object':
      return value.props.flatMap(prop => (prop.kind === 'computed' ? [prop.key, prop.value] : [prop.value]))
    case 'jsx':
      return [value.tag, ...value.props.flatMap(p => (p.kind === 'computed' ? [p.key, p.value] : [p.value]))]
    case 'member':
      return value.index ? [value.of, value.index] : [value.of]
    case 'call':
      return [value.callee, ...value.args]
    case 'binary':
      return [value.left, value.right]
    case 'conditional':
      return [value.test, value.whenTrue, value.whenFalse]
    case 'spread':
    case 'await':
      return [value.value]
    default:
      return []
  }
}

/** `value` and everything inside it, outermost first. */
export function* walkValue(value: Value): Generator<Value> {
  yield value
  for (const child of childrenOf(value)) yield* walkValue(child)
}
