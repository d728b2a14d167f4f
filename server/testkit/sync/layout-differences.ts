// Tells whether a formatter has done more to a text than to break or join lines.
import { ts } from 'ts-morph'

interface Token {
  readonly text: string
  readonly line: number
  /** True where a line ends before it. */
  readonly isFirst: boolean
  /** What stands before it and may go with the end of the line: the comma of a list, the semicolon of a type's member. */
  readonly separator: string
}

/**
 * Where two texts of one file differ in words, quotes, semicolons, last commas, brackets of arrow functions or comments; empty
 * where they differ in nothing but where lines end and what follows from that: a comma before a bracket that has got a line
 * of its own, brackets around JSX and choices, the first `|` of a union.
 */
export function layoutDifferences(path: string, ours: string, formatted: string): readonly string[] {
  if (!/\.tsx?$/.test(path)) return plain(path, ours) === plain(path, formatted) ? [] : [`${path}: other words`]
  const [before, after] = [tokensOf(path, ours), tokensOf(path, formatted)]
  for (const [index, token] of before.entries()) {
    const other = after[index]
    if (other?.text !== token.text)
      return [`${path}:${token.line}: \`${token.text}\` would be \`${other?.text ?? ''}\``]
    if (token.isFirst === other.isFirst && token.separator !== other.separator)
      return [`${path}:${token.line}: \`${token.separator}\` before \`${token.text}\` would be \`${other.separator}\``]
  }
  return after.length > before.length ? [`${path}: \`${after[before.length]?.text}\` is missing`] : []
}

/** Commas in GraphQL are layout. */
const plain = (path: string, text: string): string =>
  text.replace(/\s+/g, '').replace(/,/g, comma => (path.endsWith('.graphql') ? '' : comma))

function tokensOf(path: string, text: string): readonly Token[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind)
  const tokens: Token[] = []
  let end = 0
  let separator = ''
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source)
    if (children.length > 0 && !isText(node)) {
      for (const child of children) visit(child)
      return
    }
    const start = node.getStart(source)
    const word = wordOf(node, source)
    const between = text.slice(end, start)
    const line = source.getLineAndCharacterOfPosition(start).line + 1
    const comment = between.trim().replace(/\s+/g, ' ')
    end = node.end
    if (comment !== '') tokens.push({ text: comment, line, isFirst: true, separator: '' })
    if (word === '' || isOptional(node, source)) return
    const isLast = /^[)\]}>]$/.test(word)
    // A comma that is not the last one of its list is a word as others are.
    if (separator === ',' && !isLast) tokens.push({ text: ',', line, isFirst: false, separator: '' })
    const own = separator === ';' || isLast ? separator : ''
    separator = word === ',' || (word === ';' && isMember(node.parent)) ? word : ''
    if (separator === '') tokens.push({ text: word, line, isFirst: between.includes('\n'), separator: own })
  }
  visit(source)
  return tokens
}

const isMember = (node: ts.Node): boolean => ts.isTypeElement(node) || ts.isMappedTypeNode(node)

const isText = (node: ts.Node): boolean =>
  ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node) || ts.isJSDoc(node)

/** The layout inside a template that is GraphQL is the formatter's as well. */
function wordOf(node: ts.Node, source: ts.SourceFile): string {
  const word = node.getText(source)
  if (ts.isTaggedTemplateExpression(node.parent) && node.parent.tag.getText(source) === 'gql')
    return plain('.graphql', word)
  return ts.isJsxText(node) || ts.isJSDoc(node) ? word.replace(/\s+/g, '') : word
}

/** Brackets and bars that stand only where an expression is broken over lines. */
function isOptional(node: ts.Node, source: ts.SourceFile): boolean {
  const { parent } = node
  if (node.kind === ts.SyntaxKind.BarToken)
    return ts.isUnionTypeNode(parent) && node.getStart(source) === parent.getStart(source)
  const isBracket = node.kind === ts.SyntaxKind.OpenParenToken || node.kind === ts.SyntaxKind.CloseParenToken
  if (!isBracket || !ts.isParenthesizedExpression(parent)) return false
  const { expression } = parent
  if (ts.isJsxElement(expression) || ts.isJsxSelfClosingElement(expression)) return true
  if (ts.isReturnStatement(parent.parent) || ts.isThrowStatement(parent.parent)) return true
  return ts.isConditionalExpression(expression) && ts.isArrowFunction(parent.parent)
}
