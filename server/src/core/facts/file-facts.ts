// What ONE file says. Plain data: it can be written as JSON and read back, and it holds no tree.
import type { CallValue, JsxValue, Value } from '../source/value.ts'
import type { Span } from '../text/span.ts'

/** All facts of one file. */
export interface FileFacts {
  readonly module: ModuleFacts
  /** Classes by key: the class's name, `default` for an unnamed default export, `name#2` for the second of a name. */
  readonly classes: Readonly<Record<string, ClassFact>>
  readonly usage: UsageFacts
  readonly silences: readonly Silence[]
  /**
   * True when the parser met an error and there was no earlier good reading to keep: statements that overlap the
   * error are left out, so absence in this file means nothing.
   */
  readonly broken: boolean
  /** The first syntax error, whatever facts were kept. */
  readonly error?: { readonly message: string; readonly at: Span }
}

/** What names mean in this file, and which of them it gives to others. */
export interface ModuleFacts {
  /** By key: the name itself for top-level bindings; `name#k` (k from 1, in source order) for bindings in inner scopes. */
  readonly bindings: Readonly<Record<string, Binding>>
  /** Exported name (`default` included) to what it is. CommonJS `module.exports = {a}` / `exports.a =` count as exports. */
  readonly exports: Readonly<Record<string, Export>>
  /** Specifiers of `export * from '…'`, in order. */
  readonly stars: readonly { readonly from: string; readonly at: Span }[]
  /** Every module specifier this file imports from or re-exports from, with the span of the string and what is imported. */
  readonly imports: readonly ImportFact[]
}

/** One import or re-export declaration (or `require('…')` call, or `import('…')`). */
export interface ImportFact {
  readonly from: string
  /** The span of the specifier string with its quotes. */
  readonly fromAt: Span
  /** The whole declaration. */
  readonly at: Span
  readonly typeOnly: boolean
  /** The span between `{` and `}` of the named imports, where there are any. */
  readonly namedAt?: Span
  readonly names: readonly { readonly name: string; readonly local: string; readonly at: Span }[]
}

/** What is exported under a name: a binding of this file, a value, or a name of another module. */
export type Export =
  | { readonly kind: 'binding'; readonly key: string; readonly at: Span }
  | { readonly kind: 'value'; readonly value: Value; readonly at: Span }
  | { readonly kind: 'from'; readonly from: string; readonly name: string; readonly at: Span }

/** A name that this file declares or imports. `at` is the span of the name. */
export interface Binding {
  readonly name: string
  readonly kind: 'const' | 'let' | 'function' | 'class' | 'enum' | 'param' | 'import' | 'catch' | 'loop'
  readonly at: Span
  /**
   * What it stands for, when that is certain: the initializer of a const (or of a let never assigned again), a
   * function, a class, an enum as an object. A destructured name is a `member` of what is taken apart, the name of a
   * `for…of` a `member` of the list with an `unknown` index.
   * Never present for params, and not for a `let` that is assigned elsewhere.
   */
  readonly value?: Value
  /**
   * The type annotation. For a name that a parameter is taken apart into: that of its property, where the parameter's
   * type is written out in this file.
   */
  readonly type?: TypeFact
  /** The whole declaration statement, for top-level bindings. */
  readonly statementAt?: Span
  /** For imports: name is `default`, `*` or the imported name. */
  readonly import?: { readonly from: string; readonly name: string; readonly typeOnly: boolean }
  /** For params: of which function, and which parameter. */
  readonly param?: { readonly fn: number; readonly index: number }
  /** The function it is declared in; absent at the top level. */
  readonly fn?: number
}

/** A type annotation. `parts` are the texts of the members of a union, or the one text. */
export interface TypeFact {
  readonly text: string
  readonly parts: readonly string[]
  readonly at: Span
}

/** One class. */
export interface ClassFact {
  readonly name: string
  readonly nameAt: Span
  readonly at: Span
  /** The span between `{` and `}`. */
  readonly bodyAt: Span
  readonly superclass?: Value
  readonly isAbstract: boolean
  readonly isDeclare: boolean
  readonly decorators: readonly DecoratorFact[]
  readonly members: readonly MemberFact[]
  /** Properties given after the class by `Name.prop = value` at the top level. */
  readonly assigned: readonly { readonly name: string; readonly value: Value; readonly at: Span }[]
}

/** One property, method or accessor of a class, in source order; constructors and index signatures are left out. */
export interface MemberFact {
  readonly name: string
  readonly nameAt: Span
  /** The whole member with its decorators. */
  readonly at: Span
  readonly kind: 'property' | 'method' | 'getter' | 'setter'
  readonly isStatic: boolean
  readonly isDeclare: boolean
  readonly isReadonly: boolean
  readonly isAsync: boolean
  /** `?` behind the name. */
  readonly isOptional: boolean
  /** `!` behind the name. */
  readonly isDefinite: boolean
  readonly decorators: readonly DecoratorFact[]
  readonly type?: TypeFact
  readonly initializer?: Value
  /** For methods and accessors: the id in `UsageFacts.functions`. */
  readonly fn?: number
}

/** `@name`, `@name(args)` or `@ns.name(args)`, in source order (the first is the outermost). */
export interface DecoratorFact {
  readonly callee: Value
  /** Absent when the decorator is not called. */
  readonly args?: readonly Value[]
  readonly at: Span
}

/** What the code does: its calls, assignments and functions. */
export interface UsageFacts {
  /** Indexed by `FunctionValue.id`. */
  readonly functions: readonly FunctionFact[]
  /**
   * The outermost call (or `new`, or JSX element) of every expression, in source order. Calls inside its callee and its
   * arguments are found by walking its value; calls in the body of a function that is an argument are entries of
   * their own, with that function's id.
   */
  readonly calls: readonly CallFact[]
  /** `target = value` where the target is a member (`a.b = …`, `this.b = …`), and compound assignments. */
  readonly assigns: readonly AssignFact[]
  /** The catch clauses of the top level; absent where there are none. `rethrows` and `returns` are never known of them. */
  readonly catches?: readonly CatchFact[]
  /** Tests of versions, in source order; absent where there are none. */
  readonly tests?: readonly TestFact[]
  /** Where a variable that such tests may ask for gets another value, in source order; absent where nowhere. */
  readonly sets?: readonly SetFact[]
}

/** An `if`, a `case` of a `switch`, `?:` or `&&`, whose condition names something that contains `version`, as migrations ask. */
export interface TestFact {
  /** The condition; of a `case`, the comparison `subject === value`. */
  readonly test: Value
  /** What runs only where it holds. A `case` that the one before it falls into runs for that as well. */
  readonly whenTrue: Span
  /** What runs only where it does not hold: the `else`, or the rest of a function behind an `if` that leaves it. */
  readonly whenFalse?: Span
  /** True for a `case` whose end leads into the next one. */
  readonly fallsThrough?: boolean
  readonly fn?: number
}

/** `version = 2`, `version += 1`, `version++` (then without a value). */
export interface SetFact {
  readonly target: Value
  readonly value?: Value
  readonly op: string
  readonly fn?: number
  readonly at: Span
}

/** An outermost call and how its result is used. */
export interface CallFact {
  readonly value: CallValue | JsxValue
  /** The function it stands in; absent at the top level. */
  readonly fn?: number
  /** `statement`: the result is dropped; `awaited`: `await call` whatever becomes of the awaited value. */
  readonly use: 'statement' | 'void' | 'awaited' | 'returned' | 'assigned' | 'other'
  /** The binding key, when the (maybe awaited) result is the initializer of a variable. */
  readonly into?: string
  /** The binding key, when the (maybe awaited) result is assigned to a variable: `db = await open()`, `db ??= open()`. */
  readonly assignedTo?: string
  /** For `awaited`: true when `await call` is a statement, so that what it resolves to is dropped. */
  readonly isDropped?: boolean
  /** True when its function may run without it: in a branch or loop, or behind a `return` in one. */
  readonly isConditional?: boolean
  /** True when it stands in a `finally`. */
  readonly isFinal?: boolean
}

/** An assignment to a member. */
export interface AssignFact {
  readonly target: Value
  readonly value: Value
  readonly op: string
  readonly fn?: number
  readonly at: Span
}

/** One function. */
export interface FunctionFact {
  readonly at: Span
  /** The span of the body: the block with its braces, or the expression of an arrow. Absent for overloads and declarations. */
  readonly bodyAt?: Span
  /** The span of the name, or of the first token where there is no name. */
  readonly nameAt: Span
  readonly name?: string
  readonly kind: 'arrow' | 'function' | 'method' | 'getter' | 'setter' | 'constructor'
  readonly isAsync: boolean
  readonly isGenerator: boolean
  /** The function around it; absent at the top level. */
  readonly parent?: number
  /** The class it is a member of, by key. */
  readonly inClass?: string
  /** Keys of its parameters' bindings, one list per parameter (several when it is destructured). */
  readonly params: readonly (readonly string[])[]
  readonly returnType?: TypeFact
  /** Every `return` value of its own body (not of functions inside), and the expression of an arrow. */
  readonly returns: readonly Value[]
  /** True when some path ends without a `return value`. */
  readonly canFallThrough: boolean
  readonly catches: readonly CatchFact[]
  /** True when its own body contains a `throw` outside of catch clauses. */
  readonly throws: boolean
  /**
   * What its own body does, in source order. Kept only where the outermost function or class around it speaks of queues,
   * retries or two versions of something: elsewhere the order of statements is nobody's business.
   */
  readonly steps?: readonly Step[]
}

/** A statement. Blocks are no steps of their own, `a && b()` is an `if`, and functions inside have steps themselves. */
export type Step =
  | { readonly kind: 'do'; readonly value: Value; readonly at: Span }
  /** An assignment; `op` may be `declare`, `++`, `--` and `delete` as well. */
  | {
      readonly kind: 'set'
      readonly target: Value
      readonly op: string
      readonly value?: Value
      readonly at: Span
    }
  | {
      readonly kind: 'if'
      readonly test: StepTest
      readonly whenTrue: readonly Step[]
      readonly whenFalse: readonly Step[]
      readonly at: Span
    }
  /** Any loop: `test` of a `while`, `do` or `for`, `over` of a `for…of` or `for…in`. */
  | {
      readonly kind: 'loop'
      readonly test?: StepTest
      readonly over?: Value
      readonly body: readonly Step[]
      readonly at: Span
      readonly bodyAt: Span
    }
  | {
      readonly kind: 'try'
      readonly body: readonly Step[]
      /** The block with its braces. */
      readonly bodyAt: Span
      readonly catch?: CatchStep
      readonly finally?: readonly Step[]
      readonly at: Span
    }
  /** The case without a `test` is the default. */
  | {
      readonly kind: 'switch'
      readonly subject: Value
      readonly cases: readonly { readonly test?: Value; readonly steps: readonly Step[]; readonly at: Span }[]
      readonly at: Span
    }
  | {
      readonly kind: 'leave'
      readonly how: 'return' | 'throw' | 'break' | 'continue'
      readonly value?: Value
      readonly at: Span
    }

/** A `catch` clause: the key of what it catches where that is one name. */
export interface CatchStep {
  readonly steps: readonly Step[]
  readonly key?: string
  readonly isTakenApart?: true
  readonly at: Span
  /** The block with its braces. */
  readonly blockAt: Span
}

/** A condition. */
export type StepTest =
  | { readonly kind: 'not'; readonly of: StepTest; readonly at: Span }
  | { readonly kind: 'and' | 'or'; readonly left: StepTest; readonly right: StepTest; readonly at: Span }
  | { readonly kind: 'is'; readonly value: Value; readonly at: Span }

/** A `catch` clause or a `.catch(fn)`: `rethrows` when its block contains a throw, `returns` when it contains a return. */
export interface CatchFact {
  readonly at: Span
  /** The span of the try block. */
  readonly tryAt: Span
  readonly rethrows: boolean
  readonly returns: boolean
}

/** A comment that silences rules: `// offline-storage-disable-next-line a, b -- reason`, or `-disable` for the whole file. */
export interface Silence {
  readonly at: Span
  readonly scope: 'next-line' | 'file'
  /** Rule ids as written; empty means all. Each with its span. */
  readonly rules: readonly { readonly id: string; readonly at: Span }[]
  readonly reason?: string
  /** For `next-line`: the span of the line that it silences. */
  readonly target?: Span
}
