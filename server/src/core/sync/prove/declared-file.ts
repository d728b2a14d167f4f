// What the declarations of a file say: the parameters of its functions with their types, and what its classes keep private.
import { ts } from 'ts-morph'
import type { Scope } from '../../catalog/scope.ts'
import type { FunctionFact } from '../../facts/file-facts.ts'
import type { Parameter, TypeShape } from './type-shape.ts'

export interface DeclaredFile {
  parametersOf(fn: FunctionFact): readonly Parameter[]
  constructorOf(classKey: string): readonly Parameter[]
  /** True for a member that code outside of the class may use. */
  isPublic(classKey: string, member: string): boolean
}

type TextOf = (file: string) => string | undefined

/** How deep types are followed. */
const furthest = 5

/** Reads a file of the workspace; types that it imports are followed into their files. */
export function declaredFile(file: string, text: TextOf, scope: Scope): DeclaredFile {
  const sources = new Map<string, ts.SourceFile>()
  const sourceOf = (path: string): ts.SourceFile => {
    const source = sources.get(path) ?? parsed(path, text(path) ?? '')
    sources.set(path, source)
    return source
  }
  const types: Types = { sourceOf, resolve: (from, specifier) => scope.workspace().resolve(from, specifier)[0] }
  const parameters = (list: readonly ts.ParameterDeclaration[]) => list.map(one => parameterOf(one, file, types))
  const classOf = (key: string) => {
    const name = scope.classOf(file, key)?.nameAt
    return name && find(sourceOf(file), ts.isClassLike, node => (node.name ?? node).getStart() === name.start)
  }
  return {
    parametersOf: fn => {
      const node = find(
        sourceOf(file),
        ts.isFunctionLike,
        one => one.getStart() === fn.at.start && one.end === fn.at.end,
      )
      return node ? parameters(node.parameters) : []
    },
    constructorOf: key => {
      const made = classOf(key)?.members.find(ts.isConstructorDeclaration)
      return made ? parameters(made.parameters) : []
    },
    isPublic: (key, member) => {
      const found = classOf(key)?.members.find(one => one.name !== undefined && nameOf(one.name) === member)
      if (!found || (found.name && ts.isPrivateIdentifier(found.name))) return false
      const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword]
      return !(ts.canHaveModifiers(found) && ts.getModifiers(found)?.some(one => hidden.includes(one.kind)))
    },
  }
}

interface Types {
  sourceOf(file: string): ts.SourceFile
  resolve(from: string, specifier: string): string | undefined
}

const parsed = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.ESNext,
    true,
    /\.[jt]sx$/.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )

function find<T extends ts.Node>(
  root: ts.Node,
  is: (node: ts.Node) => node is T,
  fits: (node: T) => boolean,
): T | undefined {
  if (is(root) && fits(root)) return root
  return ts.forEachChild(root, child => find(child, is, fits))
}

const nameOf = (name: ts.Node): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name) ? name.text : ''

function parameterOf(node: ts.ParameterDeclaration, file: string, types: Types): Parameter {
  return {
    name: nameOf(node.name),
    isOptional: node.questionToken !== undefined || node.initializer !== undefined || node.dotDotDotToken !== undefined,
    type: typeOf(node.type, file, types, 0),
  }
}

const unknown: TypeShape = { kind: 'unknown' }

function typeOf(node: ts.TypeNode | undefined, file: string, types: Types, depth: number): TypeShape {
  if (node === undefined || depth > furthest) return unknown
  if (ts.isParenthesizedTypeNode(node)) return typeOf(node.type, file, types, depth + 1)
  if (ts.isArrayTypeNode(node)) return { kind: 'list' }
  if (ts.isTypeOperatorNode(node)) return typeOf(node.type, file, types, depth + 1)
  if (ts.isTypeLiteralNode(node)) return { kind: 'object', members: membersOf(node.members, file, types, depth) }
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal))
    return { kind: 'literals', values: [node.literal.text] }
  if (ts.isUnionTypeNode(node)) return unionOf(node, file, types, depth)
  if (ts.isIntersectionTypeNode(node)) {
    const parts = node.types.map(one => typeOf(one, file, types, depth + 1))
    const members = parts.flatMap(part => (part.kind === 'object' ? part.members : []))
    return parts.every(part => part.kind === 'object') ? { kind: 'object', members } : unknown
  }
  if (ts.isIndexedAccessTypeNode(node)) {
    const of = typeOf(node.objectType, file, types, depth + 1)
    const key = typeOf(node.indexType, file, types, depth + 1)
    const name = key.kind === 'literals' ? key.values[0] : undefined
    return (of.kind === 'object' && of.members.find(one => one.name === name)?.type) || unknown
  }
  if (ts.isTypeReferenceNode(node)) return referenceOf(node, file, types, depth)
  return { kind: keywordOf(node.kind) }
}

function keywordOf(kind: ts.SyntaxKind): 'text' | 'number' | 'boolean' | 'any' | 'unknown' {
  switch (kind) {
    case ts.SyntaxKind.StringKeyword:
      return 'text'
    case ts.SyntaxKind.NumberKeyword:
      return 'number'
    case ts.SyntaxKind.BooleanKeyword:
      return 'boolean'
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.ObjectKeyword:
      return 'any'
    default:
      return 'unknown'
  }
}

/** A union of texts; of other unions, the first part that says something. */
function unionOf(node: ts.UnionTypeNode, file: string, types: Types, depth: number): TypeShape {
  const parts = node.types.map(one => typeOf(one, file, types, depth + 1))
  const values = parts.flatMap(part => (part.kind === 'literals' ? part.values : []))
  if (values.length > 0) return { kind: 'literals', values }
  return parts.find(part => part.kind !== 'unknown') ?? unknown
}

function membersOf(
  members: ts.NodeArray<ts.TypeElement>,
  file: string,
  types: Types,
  depth: number,
): readonly Parameter[] {
  return members.filter(ts.isPropertySignature).map(one => ({
    name: nameOf(one.name),
    isOptional: one.questionToken !== undefined,
    type: typeOf(one.type, file, types, depth + 1),
  }))
}

function referenceOf(node: ts.TypeReferenceNode, file: string, types: Types, depth: number): TypeShape {
  const name = node.typeName.getText()
  const [first, second] = node.typeArguments ?? []
  const of = typeOf(first, file, types, depth + 1)
  if (name === 'Record') return { kind: 'any' }
  if (name === 'Array' || name === 'ReadonlyArray') return { kind: 'list' }
  if (name === 'Readonly') return of
  const isWrapper = /^(?:Omit|Pick|Partial|Required)$/.test(name)
  if (isWrapper && of.kind !== 'object') return unknown
  if (isWrapper && of.kind === 'object') {
    const keys = second ? typeOf(second, file, types, depth + 1) : undefined
    const named = new Set(keys?.kind === 'literals' ? keys.values : [])
    if (name === 'Omit') return { kind: 'object', members: of.members.filter(one => !named.has(one.name)) }
    if (name === 'Pick') return { kind: 'object', members: of.members.filter(one => named.has(one.name)) }
    return { kind: 'object', members: of.members.map(one => ({ ...one, isOptional: name === 'Partial' })) }
  }
  return declaredType(name, file, types, depth)
}

/** An interface or a type of the file, or of the one it is imported from. */
function declaredType(name: string, file: string, types: Types, depth: number): TypeShape {
  if (depth > furthest) return unknown
  for (const statement of types.sourceOf(file).statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) {
      const bases = (statement.heritageClauses ?? []).flatMap(clause => clause.types)
      const inherited = bases.map(base => declaredType(base.expression.getText(), file, types, depth + 1))
      const own = membersOf(statement.members, file, types, depth)
      if (inherited.some(one => one.kind !== 'object')) return unknown
      return {
        kind: 'object',
        members: [...inherited.flatMap(one => (one.kind === 'object' ? one.members : [])), ...own],
      }
    }
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return typeOf(statement.type, file, types, depth + 1)
    if (ts.isEnumDeclaration(statement) && statement.name.text === name) return unknown
    const imported = importedName(statement, name)
    const home = imported && types.resolve(file, imported.from)
    if (imported && home) return declaredType(imported.name, home, types, depth + 1)
  }
  return unknown
}

function importedName(
  statement: ts.Statement,
  name: string,
): { readonly from: string; readonly name: string } | undefined {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined
  const named = statement.importClause?.namedBindings
  const found = named && ts.isNamedImports(named) ? named.elements.find(one => one.name.text === name) : undefined
  return found && { from: statement.moduleSpecifier.text, name: (found.propertyName ?? found.name).text }
}
