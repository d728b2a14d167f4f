// Turns a template in TypeScript into the JavaScript that its author would have written: comments and lines stay.
import { ts } from 'ts-morph'

/** The text without its types. It throws where a kind of syntax is left that JavaScript does not have. */
export function withoutTypes(text: string): string {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ESNext, true)
  const gone: { readonly start: number; readonly end: number }[] = []
  const drop = (start: number, end: number) => gone.push({ start, end })
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || isTypeImport(node)) {
      drop(node.getFullStart(), node.end)
      return
    }
    if (ts.isImportSpecifier(node) && node.isTypeOnly)
      drop(node.getFullStart(), node.end + (text[node.end] === ',' ? 1 : 0))
    if (ts.isAsExpression(node)) drop(node.expression.end, node.end)
    if (node.kind === ts.SyntaxKind.OverrideKeyword) drop(node.getStart(source), node.end + 1)
    const type = 'type' in node && !ts.isAsExpression(node) ? (node.type as ts.TypeNode | undefined) : undefined
    // From the colon on, which stands right behind the name or the bracket.
    if (type) drop(text.lastIndexOf(':', type.getStart(source)), type.end)
    node.forEachChild(child => (ts.isTypeNode(child) ? undefined : visit(child)))
  }
  visit(source)
  gone.sort((a, b) => b.start - a.start)
  const bare = gone.reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
  const { diagnostics = [] } = ts.transpileModule(bare, {
    reportDiagnostics: true,
    fileName: 'a.js',
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext },
  })
  if (diagnostics.length > 0) throw new Error(`Types are left: ${bare.slice(diagnostics[0]?.start).slice(0, 80)}`)
  return bare
}

const isTypeImport = (node: ts.Node): boolean => ts.isImportDeclaration(node) && node.importClause?.isTypeOnly === true
