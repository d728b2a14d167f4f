// The one room that builds trees: text in, syntax tree out. No types are checked and nothing is resolved.
import { ts } from 'ts-morph'
import { blankFlow } from './flow.ts'
import type { SyntaxFault } from './syntax-fault.ts'

/**
 * The tree of `text`. The extension of `file` chooses the language (JavaScript is read with JSX and with type syntax, so
 * that Flow and plain React Native sources parse); nodes have no `parent`. Faults do not throw, see `faultsOf`; a text
 * nested deeper than the stack does (RangeError).
 */
export function parse(file: string, text: string): ts.SourceFile {
  const kind = scriptKind(file)
  let tree = build(file, text, kind)
  if (kind !== ts.ScriptKind.JSX || !/@flow\b/.test(text.slice(0, 2000))) return tree
  // Flow's own spellings are blanked where the parser stumbles over them, so every offset stays.
  for (let round = 0; round < 8; round++) {
    const faults = faultsOf(tree)
    const blanked = faults.length > 0 ? blankFlow(tree.text, faults) : tree.text
    if (blanked === tree.text) return tree
    tree = build(file, blanked, kind)
  }
  return tree
}

/** The syntax errors that the parser met, by place. */
export function faultsOf(tree: ts.SourceFile): readonly SyntaxFault[] {
  const { parseDiagnostics } = tree as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[]
  }
  return (parseDiagnostics ?? []).map(fault => ({
    message: ts.flattenDiagnosticMessageText(fault.messageText, ' '),
    start: fault.start,
    end: fault.start + fault.length,
  }))
}

function build(file: string, text: string, kind: ts.ScriptKind): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }
  return ts.createSourceFile(file, text, options, false, kind)
}

function scriptKind(file: string): ts.ScriptKind {
  if (/\.[cm]?jsx?$/i.test(file)) return ts.ScriptKind.JSX
  return /\.tsx$/i.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS
}
