// What stands at the start of a line, for whoever wants to put a comment above it.
import { ts } from 'ts-morph'
import { parse } from '../source/parse.ts'
import { commentAt } from './silences.ts'

/** `code` takes `//`, `jsx` only `{/* … *\/}`, and what is put into `text` (a template, a string, a comment) is no comment. */
export type LineStart = 'code' | 'jsx' | 'text'

/** Tells of offsets at which lines of `text` begin what stands there. The text is parsed when it is first asked about. */
export function lineStartsIn(file: string, text: string): (offset: number) => LineStart {
  if (file.endsWith('.sql')) return sqlStartsIn(text)
  let tree: ts.SourceFile | undefined
  return offset => {
    tree ??= parse(file, text)
    const token = innermost(tree, offset)
    if (token.kind === ts.SyntaxKind.JsxText) return 'jsx'
    if (ts.isLiteralExpression(token) || ts.isTemplateMiddleOrTemplateTail(token) || ts.isTemplateHead(token))
      return token.getStart(tree) < offset ? 'text' : 'code'
    const comment = commentAt(tree, offset)
    return comment && comment.start < offset ? 'text' : 'code'
  }
}

/** The same in SQL, where a text or a comment may run over lines. */
function sqlStartsIn(text: string): (offset: number) => LineStart {
  const long = /'[^']*(?:'|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g
  const spans = [...text.matchAll(long)].map(({ index, 0: all }) => ({ start: index, end: index + all.length }))
  return offset => (spans.some(({ start, end }) => start < offset && offset < end) ? 'text' : 'code')
}

/** The smallest node that holds the characters on both sides of `offset`; for text between tags, the one before it. */
function innermost(tree: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = tree
  for (;;) {
    let inner: ts.Node | undefined
    ts.forEachChild(node, child => {
      const end = child.kind === ts.SyntaxKind.JsxText ? child.end : child.end - 1
      if (child.pos < offset && offset <= end) inner ??= child
    })
    if (!inner) return node
    node = inner
  }
}
