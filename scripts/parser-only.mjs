// Leaves of TypeScript what reading a text needs: a fifth of it, which loads in a fifth of the time and in half of the memory.
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import ts from '@ts-morph/common/dist/typescript.js'

/**
 * What only a type checker makes, and what makes the services of an editor: their classes are named by the table of classes
 * that nodes are made of, and nothing that parses asks for them.
 */
const ofTheChecker = new Set(['SymbolObject', 'TypeObject', 'SignatureObject', 'SourceMapSourceObject'])

/** Fills tables of the services of an editor, which nothing that parses reads. */
const registers = new Set(['registerCodeFix', 'registerRefactor'])

/**
 * A plugin for esbuild: of the module of TypeScript it keeps the statements that the members of `ts` need which the sources
 * below `folders` name, and exports these members. Throws where a source uses `ts` in a way that names no member.
 */
export const parserOnly = (...folders) => ({
  name: 'parser-only',
  setup(build) {
    build.onLoad({ filter: /[\\/]@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/ }, async ({ path: file }) => ({
      contents: keep(await readFile(file, 'utf8'), membersNamedIn(folders)),
      loader: 'js',
    }))
  },
})

function keep(text, members) {
  const file = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest, true)
  const statements = moduleBody(file).statements
  const { byName, always } = belongings(statements)
  const kept = new Set(always)
  const open = [...always]
  const need = name => {
    if (ofTheChecker.has(name)) return
    for (const statement of byName.get(name) ?? [])
      if (!kept.has(statement)) {
        kept.add(statement)
        open.push(statement)
      }
  }
  const exported = members.filter(name => byName.has(name))
  if (exported.length < members.length)
    throw new Error(`TypeScript has no ${members.filter(name => !byName.has(name)).join(', ')}`)
  for (const name of exported) need(name)
  for (let statement = open.pop(); statement; statement = open.pop()) for (const name of namesIn(statement)) need(name)
  const licence = text.slice(0, text.indexOf('*/') + 2)
  const code = statements.filter(statement => kept.has(statement)).map(statement => statement.getFullText())
  return `${licence}\n${code.join('')}\nmodule.exports = { ${exported.join(', ')} }\n`
}

/** TypeScript is one function that is handed a module. */
function moduleBody(file) {
  let body
  const visit = node => {
    if (ts.isArrowFunction(node) && node.parameters[0]?.name.getText() === 'module' && ts.isBlock(node.body))
      body ??= node.body
    if (!body) ts.forEachChild(node, visit)
  }
  visit(file)
  if (!body) throw new Error('TypeScript is not one function of a module')
  return body
}

/** The statements that a name stands for, by name, and those that stand for themselves. */
function belongings(statements) {
  const byName = new Map()
  const always = []
  for (const statement of statements) {
    const names = namesOf(statement)
    if (!names) always.push(statement)
    for (const name of names ?? []) byName.set(name, [...(byName.get(name) ?? []), statement])
  }
  return { byName, always }
}

/** The names that a statement declares or completes; none where it is left out; undefined where it is always needed. */
function namesOf(statement) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name.text]
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
  return ts.isExpressionStatement(statement) ? completed(statement.expression) : undefined
}

function boundNames(name) {
  return ts.isIdentifier(name) ? [name.text] : name.elements.flatMap(one => (one.name ? boundNames(one.name) : []))
}

/** As `namesOf`: `name.member = …`, `__export(name, …)` and `(inner => { … })(name || (name = {}))` complete what they name. */
function completed(expression) {
  if (ts.isStringLiteral(expression)) return []
  if (ts.isBinaryExpression(expression)) return assigned(expression)
  if (!ts.isCallExpression(expression)) return undefined
  const {
    expression: called,
    arguments: [first],
  } = expression
  if (ts.isIdentifier(called)) {
    if (registers.has(called.text)) return []
    return called.text === '__export' ? [first.text] : undefined
  }
  const owner = ts.isParenthesizedExpression(called)
    ? rootOf(ts.isBinaryExpression(first) ? first.left : first)
    : undefined
  return owner && [owner.text]
}

/** `module.exports = …` and `0 && (module.exports = …)` give way to exports of our own. */
function assigned({ left, operatorToken, right }) {
  if (ts.isNumericLiteral(left) && right.getText().startsWith('(module.exports')) return []
  const owner = operatorToken.kind === ts.SyntaxKind.EqualsToken ? rootOf(left) : undefined
  if (!owner || left === owner) return undefined
  return owner.text === 'module' ? [] : [owner.text]
}

function rootOf(node) {
  if (ts.isIdentifier(node)) return node
  return ts.isPropertyAccessExpression(node) ? rootOf(node.expression) : undefined
}

/** All identifiers below a node but names of members: more than it refers to, never less. */
function namesIn(node) {
  const names = new Set()
  const visit = one => {
    if (ts.isIdentifier(one) && !isMemberName(one)) names.add(one.text)
    ts.forEachChild(one, visit)
  }
  visit(node)
  return names
}

function isMemberName(node) {
  const { parent } = node
  if (!ts.isPropertyAccessExpression(parent) && !ts.isPropertyAssignment(parent) && !ts.isMethodDeclaration(parent))
    return false
  return parent.name === node
}

/** The members of `ts` that sources use as values. */
function membersNamedIn(folders) {
  const members = new Set()
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true }))
      if (name.endsWith('.ts')) for (const member of membersIn(path.join(folder, name))) members.add(member)
  return [...members].sort()
}

function membersIn(source) {
  const file = ts.createSourceFile(source, readFileSync(source, 'utf8'), ts.ScriptTarget.Latest, true)
  const imports = file.statements.some(
    one => ts.isImportDeclaration(one) && one.moduleSpecifier.text === 'ts-morph' && !one.importClause.isTypeOnly,
  )
  const members = []
  const visit = node => {
    if (ts.isIdentifier(node) && node.text === 'ts') {
      const { parent } = node
      if (ts.isPropertyAccessExpression(parent) && parent.expression === node) members.push(parent.name.text)
      else if (!ts.isQualifiedName(parent) && !ts.isImportSpecifier(parent) && !isMemberName(node))
        throw new Error(`${source}: ts is used as a whole, and so nothing of TypeScript could be left out`)
    }
    ts.forEachChild(node, visit)
  }
  if (imports) visit(file)
  return members
}
