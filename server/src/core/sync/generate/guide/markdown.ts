// Markdown as Prettier lays it out, so that a formatter has nothing to do.

/** A block of code with its language. */
export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``

/** A list, a line for each entry. */
export const list = (entries: readonly string[]): string => entries.map(entry => `- ${entry}`).join('\n')

/** A name as it is written in code. A name with a backtick cannot be told from the end of it, so that goes. */
export const code = (name: string): string => `\`${name.replace(/[`\s]+/g, ' ').trim()}\``

/** Names, parted by commas. */
export const names = (all: readonly string[]): string => all.map(code).join(', ')

/** A paragraph of sentences, on one line: where lines are broken is the editor's. */
export const paragraph = (...sentences: readonly (string | false)[]): string =>
  sentences.filter(sentence => sentence !== false && sentence !== '').join(' ')

/** A text between quotes in Mermaid, with Mermaid's own codes for what must not stand there. */
export const label = (...lines: readonly string[]): string =>
  `"${lines.map(line => line.replace(/["%\\#;<>&\s]+/g, escaped).trim()).join('<br/>')}"`

const escaped = (text: string): string =>
  [...text].map(char => (/\s/.test(char) ? ' ' : `#${char.charCodeAt(0)};`)).join('')
