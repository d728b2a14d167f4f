// A span that lies in another one and moves with it.
import type { Span } from './span.ts'

/** From `from` units behind the start of `outer` to `to` units behind its start or, with `isFromEnd`, its end. */
class InnerSpan implements Span {
  declare private readonly outer: Span
  declare private readonly from: number
  declare private readonly to: number
  declare private readonly isFromEnd: boolean

  constructor(outer: Span, from: number, to: number, isFromEnd: boolean) {
    this.outer = outer
    this.from = from
    this.to = to
    this.isFromEnd = isFromEnd
  }

  get start(): number {
    return this.isFromEnd ? this.outer.start + this.from : Math.min(this.outer.start + this.from, this.outer.end)
  }

  get end(): number {
    return this.isFromEnd ? this.outer.end + this.to : Math.min(this.outer.start + this.to, this.outer.end)
  }
}

/** The span without `before` units at its start and `after` at its end. It moves with `outer`. */
export const within = (outer: Span, before: number, after: number): Span => new InnerSpan(outer, before, -after, true)

/**
 * The span of `length` units that begins `from` units into `outer`. It moves with `outer`; what an edit has cut off there
 * leaves it empty.
 */
export const partOf = (outer: Span, from: number, length: number): Span =>
  new InnerSpan(outer, from, from + length, false)
