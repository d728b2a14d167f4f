// Where something stands in a text.

/**
 * A half-open range of a text, in UTF-16 code units from 0.
 *
 * A span is a mark in the manner of an editor's decoration: when the text around it is edited its numbers move with
 * the text (see `facts/move-marks.ts`), so whoever holds the object always knows the present place. Only `facts/` moves
 * spans; everybody else reads them.
 */
export interface Span {
  start: number
  end: number
}

/** A span and the file it belongs to. `file` is an absolute path with forward slashes. */
export interface Place {
  readonly file: string
  readonly span: Span
}

/** True when `offset` lies in `span`; both ends count, as a caret behind the last character still touches it. */
export const touches = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end

/** True when `inner` lies within `outer`. */
export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** True when two spans cover the same text. */
export const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end

/** True when two places are the same. */
export const samePlace = (a: Place, b: Place): boolean => a.file === b.file && sameSpan(a.span, b.span)
