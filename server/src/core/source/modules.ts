// What a file imports and exports, in ES and in CommonJS spelling.
import { ts } from 'ts-morph'
import type { ImportFact } from '../facts/file-facts.ts'
import { literalName, unwrap } from './evaluate.ts'
import { plainText } from './plain-text.ts'
import { type Draft, declare, type Mutable, makeSpan, type Reading, spanOf } from './reading.ts'

/** True when `node` carries the modifier. */
export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as { readonly modifiers?: readonly ts.ModifierLike[] }
  return modifiers?.some(modifier => modifier.kind === kind) ?? false
}

/** Notes an import declaration and declares what it brings. */
export function collectImport(r: Reading, node: ts.ImportDeclaration | ts.ImportEqualsDeclaration): void {
  if (ts.isImportEqualsDeclaration(node)) {
    collectImportEquals(r, node)
    return
  }
  const { importClause: clause, moduleSpecifier } = node
  if (!ts.isStringLiteral(moduleSpecifier)) return
  const from = plainText(moduleSpecifier.text)
  const typeOnly = clause?.isTypeOnly ?? false
  const names: { name: string; local: string; at: ImportFact['at'] }[] = []
  const bring = (local: ts.Identifier, name: string, whole: ts.Node, isType: boolean) => {
    if (local.text === '') return
    names.push({ name: plainText(name), local: plainText(local.text), at: spanOf(r, whole) })
    declareImport(r, local, { from, name: plainText(name), typeOnly: isType }, node)
  }
  const fact: Mutable<ImportFact> = { from, fromAt: spanOf(r, moduleSpecifier), at: spanOf(r, node), typeOnly, names }
  r.imports.push(fact)
  if (clause?.name) bring(clause.name, 'default', clause.name, typeOnly)
  const named = clause?.namedBindings
  if (!named) return
  if (ts.isNamespaceImport(named)) {
    bring(named.name, '*', named, typeOnly)
    return
  }
  fact.namedAt = makeSpan(r, named.elements.pos, Math.max(named.elements.pos, named.end - 1))
  for (const element of named.elements)
    bring(element.name, (element.propertyName ?? element.name).text, element, typeOnly || element.isTypeOnly)
}

/** Notes what a statement or export declaration gives to other files. */
export function collectExport(
  r: Reading,
  node: ts.ExportDeclaration | ts.ExportAssignment | ts.VariableStatement | ts.DeclarationStatement,
): void {
  if (ts.isExportDeclaration(node)) collectExportDeclaration(r, node)
  else if (ts.isExportAssignment(node)) collectExportAssignment(r, node)
  else if (hasModifier(node, ts.SyntaxKind.ExportKeyword)) collectExported(r, node)
}

function collectExported(r: Reading, node: ts.VariableStatement | ts.DeclarationStatement): void {
  if (ts.isVariableStatement(node)) {
    for (const { name } of node.declarationList.declarations) exportNames(r, name)
    return
  }
  const { name } = node
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword)
  if (name && ts.isIdentifier(name))
    r.exports.push({ kind: 'local', name: isDefault ? 'default' : name.text, local: name.text, at: spanOf(r, name) })
  else if (isDefault) r.exports.push({ kind: 'value', name: 'default', node, at: spanOf(r, node) })
}

/** Notes `module.exports = …` and `exports.name = …` at the top level. */
export function collectTopAssignment(r: Reading, node: ts.Expression): void {
  for (let at = unwrap(node); ts.isBinaryExpression(at); at = unwrap(at.right)) {
    if (at.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return
    let value = unwrap(at.right)
    while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      value = unwrap(value.right)
    const target = unwrap(at.left)
    if (isModuleExports(target)) r.exports.push({ kind: 'commonjs', node: value, at: spanOf(r, target) })
    else if (
      ts.isPropertyAccessExpression(target) &&
      (isModuleExports(target.expression) || isIdentifier(target.expression, 'exports'))
    )
      r.exports.push({ kind: 'value', name: target.name.text, node: value, at: spanOf(r, target.name) })
  }
}

/** Notes `import('…')`, and a `require('…')` that no variable holds. */
export function collectDynamicImport(r: Reading, node: ts.CallExpression): void {
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
  const specifier = isImport ? node.arguments[0] : requireSpecifier(node)
  if (!specifier || !ts.isStringLiteralLike(specifier) || r.required.has(node)) return
  r.imports.push({
    from: specifier.text,
    fromAt: spanOf(r, specifier),
    at: spanOf(r, node),
    typeOnly: false,
    names: [],
  })
}

/** Notes `const X = require('…')`, of its `.name` and taken apart, as the import that it is. */
export function requiredModule(
  r: Reading,
  declaration: ts.VariableDeclaration,
  drafts: readonly Draft[],
  statement: ts.VariableStatement,
): void {
  const { name, initializer } = declaration
  let call = initializer && unwrap(initializer)
  let member: string | undefined
  if (call && ts.isPropertyAccessExpression(call)) {
    member = call.name.text
    call = unwrap(call.expression)
  }
  if (!call || !ts.isCallExpression(call)) return
  const specifier = requireSpecifier(call)
  if (!specifier || (member !== undefined && !ts.isIdentifier(name))) return
  const from = plainText(specifier.text)
  const names: { name: string; local: string; at: ImportFact['at'] }[] = []
  const fact: Mutable<ImportFact> = {
    from,
    fromAt: spanOf(r, specifier),
    at: spanOf(r, statement),
    typeOnly: false,
    names,
  }
  const bring = (draft: Draft | undefined, imported: string, whole: ts.Node) => {
    if (!draft) return
    names.push({ name: imported, local: draft.name, at: spanOf(r, whole) })
    draft.kind = 'import'
    draft.import = { from, name: imported, typeOnly: false }
  }
  r.required.add(call)
  r.imports.push(fact)
  if (ts.isIdentifier(name)) bring(drafts[0], member ?? '*', name)
  if (!ts.isObjectBindingPattern(name)) return
  fact.namedAt = makeSpan(r, name.elements.pos, Math.max(name.elements.pos, name.end - 1))
  for (const element of name.elements) {
    const { name: local } = element
    const imported = literalName(element.propertyName ?? local)
    if (!ts.isIdentifier(local) || imported === undefined || element.initializer || element.dotDotDotToken) continue
    bring(
      drafts.find(draft => draft.name === local.text),
      imported,
      element,
    )
  }
}

function collectImportEquals(r: Reading, node: ts.ImportEqualsDeclaration): void {
  const { moduleReference: reference, name } = node
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression)) {
    declare(r, r.scope, name.text, 'const', spanOf(r, name)).statementAt = spanOf(r, node)
    return
  }
  const from = reference.expression.text
  const names = [{ name: '*', local: name.text, at: spanOf(r, name) }]
  r.imports.push({
    from,
    fromAt: spanOf(r, reference.expression),
    at: spanOf(r, node),
    typeOnly: node.isTypeOnly,
    names,
  })
  declareImport(r, name, { from, name: '*', typeOnly: node.isTypeOnly }, node)
  collectExport(r, node)
}

function declareImport(r: Reading, local: ts.Identifier, from: NonNullable<Draft['import']>, node: ts.Node): void {
  const draft = declare(r, r.scope, local.text, 'import', spanOf(r, local))
  // A type and a value may come in under one name: then the value is what the name means.
  if (draft.import && !draft.import.typeOnly) return
  draft.import = from
  draft.statementAt = spanOf(r, node)
}

function collectExportDeclaration(r: Reading, node: ts.ExportDeclaration): void {
  const { exportClause: clause, moduleSpecifier: specifier, isTypeOnly: typeOnly } = node
  if (!specifier) {
    if (!clause || !ts.isNamedExports(clause)) return
    for (const element of clause.elements) {
      const local = (element.propertyName ?? element.name).text
      r.exports.push({ kind: 'local', name: element.name.text, local, at: spanOf(r, element) })
    }
    return
  }
  if (!ts.isStringLiteral(specifier)) return
  const from = plainText(specifier.text)
  const names: { name: string; local: string; at: ImportFact['at'] }[] = []
  const fact: Mutable<ImportFact> = { from, fromAt: spanOf(r, specifier), at: spanOf(r, node), typeOnly, names }
  r.imports.push(fact)
  const pass = (name: string, imported: string, whole: ts.Node) => {
    names.push({ name: imported, local: name, at: spanOf(r, whole) })
    r.exports.push({ kind: 'from', name, from, imported, at: spanOf(r, whole) })
  }
  if (!clause) r.stars.push({ from, at: spanOf(r, node) })
  else if (ts.isNamespaceExport(clause)) pass(clause.name.text, '*', clause)
  else {
    fact.namedAt = makeSpan(r, clause.elements.pos, Math.max(clause.elements.pos, clause.end - 1))
    for (const element of clause.elements) pass(element.name.text, (element.propertyName ?? element.name).text, element)
  }
}

function collectExportAssignment(r: Reading, node: ts.ExportAssignment): void {
  const { expression } = node
  const at = spanOf(r, expression)
  r.exports.push(
    node.isExportEquals
      ? { kind: 'commonjs', node: expression, at }
      : { kind: 'value', name: 'default', node: expression, at },
  )
}

function exportNames(r: Reading, name: ts.BindingName): void {
  if (ts.isIdentifier(name)) {
    if (name.text !== '') r.exports.push({ kind: 'local', name: name.text, local: name.text, at: spanOf(r, name) })
    return
  }
  for (const element of name.elements) if (ts.isBindingElement(element)) exportNames(r, element.name)
}

function requireSpecifier(node: ts.CallExpression): ts.StringLiteralLike | undefined {
  const [specifier] = node.arguments
  return isIdentifier(node.expression, 'require') && specifier && ts.isStringLiteralLike(specifier)
    ? specifier
    : undefined
}

function isModuleExports(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'exports' && isIdentifier(node.expression, 'module')
}

const isIdentifier = (node: ts.Node, text: string): boolean => ts.isIdentifier(node) && node.text === text
