// A place at which a text does not follow the grammar.

/** A syntax error. Offsets are UTF-16 code units of the text that was parsed. */
export interface SyntaxFault {
  readonly message: string
  readonly start: number
  readonly end: number
}
