// The comments by which a test file says which gates it is for.
import { commentAt } from '../facts/silences.ts'
import { parse } from '../source/parse.ts'
import { closest } from '../text/similar.ts'
import { type GateName, gateNames } from './gates.ts'

/** The word that such a comment begins with. */
export const gateMark = 'offline-storage-gate'

/** What one comment says. */
export interface Mark {
  readonly gates: readonly GateName[]
  /** The store that it names; undefined: the only one that the gate concerns. */
  readonly store: string | undefined
}

/** The comments of a file, and what is wrong with them. */
export interface Marks {
  readonly marks: readonly Mark[]
  readonly problems: readonly string[]
}

/** A comment is one line, so a text of this length names no gate and would only be repeated in messages. */
const longest = 300

/**
 * Reads `// offline-storage-gate: migrations, conflicts for <store>`, also in comments of several lines. Only comments
 * count, not the same words in a string. Never throws, whatever the text.
 */
export function readMarks(file: string, text: string): Marks {
  const found = [...text.matchAll(/offline-storage-gate[ \t]*:[ \t]*([^\r\n]*)/g)]
  if (found.length === 0) return { marks: [], problems: [] }
  const isComment = commentsIn(file, text)
  const read = found
    .filter(({ index }) => isComment(index))
    .map(([, body = '']) => readMark(body.replace(/\*\/.*/, '').trim()))
  return {
    marks: read.flatMap(({ mark }) => mark ?? []),
    problems: read.flatMap(({ problem }) => problem ?? []),
  }
}

function readMark(body: string): { readonly mark?: Mark; readonly problem?: string } {
  if (body.length > longest) return { problem: `A comment behind "${gateMark}:" is too long.` }
  const [, list = '', store] = /^(.*?)(?:(?:^|\s)for\s+(.+))?$/.exec(body) ?? []
  const names = list.split(/[\s,]+/).filter(Boolean)
  const unknown = names.find(name => !isGate(name))
  if (unknown !== undefined) {
    const near = closest(unknown, gateNames)
    const hint = near === undefined ? ` Gates: ${gateNames.join(', ')}.` : ` Did you mean "${near}"?`
    return { mark: { gates: names.filter(isGate), store }, problem: `There is no gate "${unknown}".${hint}` }
  }
  if (names.length === 0) return { problem: `"${gateMark}:" names no gate. Gates: ${gateNames.join(', ')}.` }
  return { mark: { gates: names.filter(isGate), store } }
}

const isGate = (name: string): name is GateName => gateNames.some(known => known === name)

/** Tells whether a comment is at an offset; nothing is one in a text that no parser can take. */
function commentsIn(file: string, text: string): (offset: number) => boolean {
  try {
    const tree = parse(file, text)
    return offset => commentAt(tree, offset) !== undefined
  } catch {
    return () => false
  }
}
