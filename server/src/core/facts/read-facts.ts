// From the text of a file to its facts.
import { faultsOf, parse } from '../source/parse.ts'
import { readSource } from '../source/read-source.ts'
import type { SyntaxFault } from '../source/syntax-fault.ts'
import type { Value } from '../source/value.ts'
import type { Span } from '../text/span.ts'
import type { FileFacts } from './file-facts.ts'
import { collectMarks, isLong, keepMarks } from './marks.ts'
import { readSilences, readSqlSilences, silenceWord } from './silences.ts'

/**
 * The facts of `text`. Never throws: a text that exhausts the reader gives empty facts that are `broken`.
 * `file` is an absolute path; only its extension matters.
 */
export function readFacts(file: string, text: string): FileFacts {
  try {
    return read(file, text)
  } catch (error) {
    return nothing(error)
  }
}

function read(file: string, text: string): FileFacts {
  if (file.endsWith('.sql')) return ofText(text)
  const tree = parse(file, text)
  const faults = faultsOf(tree)
  const spans: Span[] | undefined = isLong(text) ? [] : undefined
  const { module, classes, usage } = readSource(tree, faults, spans)
  const silences = text.includes(silenceWord) ? readSilences(tree) : []
  const [fault] = faults
  const facts: FileFacts = { module, classes, usage, silences, broken: fault !== undefined, ...errorOf(fault) }
  if (spans) {
    collectMarks(silences, spans, new Set())
    keepMarks(facts, spans)
  }
  return facts
}

/** A file that is no code: what imports it is given its text. */
function ofText(text: string): FileFacts {
  const at = { start: 0, end: text.length }
  const value: Value = { kind: 'string', text, isFile: true, at }
  return {
    module: { bindings: {}, exports: { default: { kind: 'value', value, at } }, stars: [], imports: [] },
    classes: {},
    usage: { functions: [], calls: [], assigns: [] },
    silences: text.includes(silenceWord) ? readSqlSilences(text) : [],
    broken: false,
  }
}

function errorOf(fault: SyntaxFault | undefined): Pick<FileFacts, 'error'> {
  return fault ? { error: { message: fault.message, at: { start: fault.start, end: fault.end } } } : {}
}

function nothing(error: unknown): FileFacts {
  const message =
    error instanceof RangeError ? 'The file is nested too deeply to be read.' : `The file cannot be read: ${error}`
  return {
    module: { bindings: {}, exports: {}, stars: [], imports: [] },
    classes: {},
    usage: { functions: [], calls: [], assigns: [] },
    silences: [],
    broken: true,
    error: { message, at: { start: 0, end: 0 } },
  }
}
