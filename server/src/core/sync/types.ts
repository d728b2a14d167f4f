// What the rules of sync code are asked about: queues of operations, and the code of a file.
import type { Project, Scope } from '../catalog/scope.ts'
import type { CatchStep, FunctionFact, Step } from '../facts/file-facts.ts'
import type { CallValue, Value } from '../source/value.ts'
import type { Place } from '../text/span.ts'

/** The code of a file as functions and calls. */
export interface Code {
  readonly functions: readonly OwnFunction[]
  /** All calls, those of the top level too. */
  readonly calls: readonly Called[]
}

/** Reads files of one scope. */
export interface CodeReader {
  code(file: string): Code
  /** The function of the workspace that is called; undefined where that is not certain. */
  callee(called: Called): OwnFunction | undefined
  /**
   * Files of the project of `file` that are not tests and in which one of `names` stands: as a name, a member or a
   * property. Whoever asks is woken only when the list, or a file that he reads, is another one.
   */
  filesNaming(file: string, names: readonly string[]): readonly string[]
}

/** A call, maybe deep inside another. */
export interface Called {
  readonly call: CallValue
  readonly file: string
  /** The function it stands in; undefined at the top level. */
  readonly fn: number | undefined
  /** What becomes of its result; `inner` where another value takes it. */
  readonly use: 'statement' | 'void' | 'awaited' | 'returned' | 'assigned' | 'other' | 'inner'
}

/** One function of a file. */
export interface OwnFunction {
  readonly id: number
  readonly file: string
  readonly fact: FunctionFact
  /** By which it can be called: as a name, a method, or a property of an object. */
  readonly names: readonly string[]
  /** The class whose member it is, or whose member it stands in. */
  readonly classKey: string | undefined
  /** Calls of its own body. */
  readonly calls: readonly Called[]
  /** The call it is given to, for a function that is written as an argument, also inside an object. */
  readonly givenTo: CallValue | undefined
}

/** A request that changes something on a server. */
export interface NetworkRequest {
  readonly called: Called
  /** `client`: an object with `post`, `put` and so on that is not known to be axios. */
  readonly by: 'fetch' | 'axios' | 'client' | 'apollo'
  /** In capitals; undefined where it is not static. */
  readonly method: string | undefined
  readonly url: Value | undefined
  readonly body: Value | undefined
  /** Options, headers and all else that is given, where it stands in one value. */
  readonly options: Value | undefined
  /** True when nothing in between may add to the request: what calls it is known. */
  readonly isPlain: boolean
}

/** A function that sends what is in the queue, one operation after another. */
export interface Drain {
  readonly fn: OwnFunction
  readonly steps: readonly Step[]
  /** The loop over the queue; absent where it takes the first and calls itself. */
  readonly loop: Extract<Step, { kind: 'loop' }> | undefined
  /** The handlers of what sending throws. */
  readonly catches: readonly CatchStep[]
}

/** A class or the functions of a module that hold a queue, keep it, and send what is in it. */
export interface QueueCode {
  readonly file: string
  readonly scope: Scope
  readonly reader: CodeReader
  /** The class it is, by key. */
  readonly classKey: string | undefined
  /** Everything in it, functions inside of functions too. */
  readonly functions: readonly OwnFunction[]
  /** Where the queue is declared, or first put into. */
  readonly at: Place
  readonly drains: readonly Drain[]
  /** Functions that put something into the queue. */
  readonly enqueues: readonly OwnFunction[]
  readonly persists: readonly Persist[]
  /** What draining sends, in other files too. */
  readonly requests: readonly NetworkRequest[]
  isQueue(value: Value): boolean
  /** True when calling this leads to a request. */
  sends(called: Called): boolean
}

/** A call that keeps the queue. */
export interface Persist {
  readonly called: Called
  /** `method`: a method of the class that is declared nowhere. */
  readonly by: 'key-value' | 'sql' | 'method' | 'middleware' | 'other'
  /** The text of the key, where it is known. */
  readonly key?: string
}

/** The code of one file. */
export interface CodeOfFile {
  readonly file: string
  readonly scope: Scope
  readonly reader: CodeReader
  readonly project: Project
}
