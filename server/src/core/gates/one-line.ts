// Texts of unknown origin, made fit for a line of a report.

/** Titles are cut off behind so many characters: they are there to find a test by. */
const titleLength = 160

/** The text on one line, without control characters (a terminal would obey them) or marks that turn its direction. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim()

/** A title or a name on one line that is not too long. */
export function shortLine(text: string): string {
  const plain = oneLine(text.slice(0, 4 * titleLength))
  return plain.length > titleLength ? `${plain.slice(0, titleLength)}…` : plain
}
