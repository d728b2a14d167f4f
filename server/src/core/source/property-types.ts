// The types that a parameter's annotation gives to the names it is taken apart into: `({ post }: Props)`.
import { ts } from 'ts-morph'

/**
 * The annotation of each name in `pattern` whose property is written out in `type`: in a type literal, or in an
 * interface or type alias at the top level of `tree`. Names with a default, and names of nested patterns, have none.
 */
export function propertyTypes(
  tree: ts.SourceFile,
  pattern: ts.ObjectBindingPattern,
  type: ts.TypeNode,
): ReadonlyMap<string, ts.TypeNode> {
  const properties = new Map<string, ts.TypeNode>()
  collect(tree, type, properties, 0)
  const types = new Map<string, ts.TypeNode>()
  for (const { name, propertyName, initializer, dotDotDotToken } of pattern.elements) {
    if (!ts.isIdentifier(name) || initializer || dotDotDotToken) continue
    const key = propertyName ?? name
    const found = ts.isIdentifier(key) ? properties.get(key.text) : undefined
    if (found) types.set(name.text, found)
  }
  return types
}

/** Aliases of aliases longer than this are taken for cycles. */
const deepest = 8

function collect(tree: ts.SourceFile, type: ts.TypeNode, into: Map<string, ts.TypeNode>, depth: number): void {
  if (depth > deepest) return
  if (ts.isTypeLiteralNode(type)) {
    addMembers(type.members, into)
    return
  }
  if (ts.isIntersectionTypeNode(type)) {
    for (const part of type.types) collect(tree, part, into, depth + 1)
    return
  }
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return
  const { text } = type.typeName
  const [inner] = type.typeArguments ?? []
  if (text === 'Readonly' && inner) {
    collect(tree, inner, into, depth + 1)
    return
  }
  // What has type parameters, or is declared in several parts, may say something else here.
  const declared = tree.statements.filter(
    (one): one is ts.InterfaceDeclaration | ts.TypeAliasDeclaration =>
      (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) && one.name.text === text,
  )
  const [only] = declared
  if (!only || declared.length > 1 || only.typeParameters) return
  if (ts.isTypeAliasDeclaration(only)) collect(tree, only.type, into, depth + 1)
  else addMembers(only.members, into)
}

function addMembers(members: ts.NodeArray<ts.TypeElement>, into: Map<string, ts.TypeNode>): void {
  for (const member of members)
    if (ts.isPropertySignature(member) && member.type && ts.isIdentifier(member.name))
      into.set(member.name.text, member.type)
}
