// A span that moves together with its neighbours, for texts so long that nobody wants to move each span by itself.
import type { Span } from './span.ts'

/** What moves as one: whoever adds to `shift` moves every span that lives here. */
export interface SpanHome {
  shift: number
}

const nowhere: SpanHome = { shift: 0 }

/** A span whose numbers count from where its home is. Read it like any other. */
export class MovingSpan implements Span {
  declare home: SpanHome
  declare private from: number
  declare private to: number

  constructor(start: number, end: number) {
    this.home = nowhere
    this.from = start
    this.to = end
  }

  get start(): number {
    return this.from + this.home.shift
  }

  set start(start: number) {
    this.from = start - this.home.shift
  }

  get end(): number {
    return this.to + this.home.shift
  }

  set end(end: number) {
    this.to = end - this.home.shift
  }

  /** Makes it live in `home`; it stays where it is in the text. */
  moveIn(home: SpanHome): void {
    const apart = this.home.shift - home.shift
    this.home = home
    this.from += apart
    this.to += apart
  }
}
