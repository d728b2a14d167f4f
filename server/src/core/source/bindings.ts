// Declares what `const`, `let`, `var`, parameters and patterns name.
import { ts } from 'ts-morph'
import type { Binding, TypeFact } from '../facts/file-facts.ts'
import { evaluate, literalName, unknownAt, unwrap } from './evaluate.ts'
import { collectExport, requiredModule } from './modules.ts'
import { plainText } from './plain-text.ts'
import { type Draft, declare, makeSpan, type Reading, type Scope, spanOf, textOf, varScope } from './reading.ts'
import type { Value } from './value.ts'
import { walk } from './walk.ts'

/**
 * Declares the names of a declaration list and visits its initializers. Without `statement` it belongs to a loop, of
 * which `elementsOf` is the list that a `for…of` goes through.
 */
export function readVariables(
  r: Reading,
  list: ts.VariableDeclarationList,
  statement?: ts.VariableStatement,
  elementsOf?: ts.Expression,
): void {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0
  const isConst =
    (list.flags & ts.NodeFlags.BlockScoped) !== 0 && (list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Let
  const scope = isVar ? varScope(r) : r.scope
  const kind = statement ? (isConst ? 'const' : 'let') : 'loop'
  for (const declaration of list.declarations) {
    const { name, initializer } = declaration
    const at = r.scope
    const value =
      statement && initializer
        ? () => evaluate(r, initializer, at)
        : elementsOf && once(() => elementOf(r, elementsOf, name, at))
    const drafts = declareNames(r, scope, name, kind, value)
    if (declaration.type && ts.isIdentifier(name) && drafts[0]) drafts[0].type = typeFact(r, declaration.type)
    if (statement && r.scope === r.top) for (const draft of drafts) draft.statementAt = spanOf(r, statement)
    if (statement && initializer) requiredModule(r, declaration, drafts, statement)
    if (initializer) walk(r, initializer, 'assigned', ts.isIdentifier(name) ? drafts[0] : undefined)
  }
  if (statement && r.scope === r.top) collectExport(r, statement)
}

/**
 * Declares every name of `name`, a pattern or one identifier, and visits the defaults in it. `value` gives what is
 * taken apart; each name gets its member of that, and `unknown` where a default or a rest makes it uncertain.
 */
export function declareNames(
  r: Reading,
  scope: Scope,
  name: ts.BindingName,
  kind: Binding['kind'],
  value?: () => Value | undefined,
): Draft[] {
  if (ts.isIdentifier(name)) {
    if (name.text === '') return []
    const draft = declare(r, scope, name.text, kind, spanOf(r, name))
    draft.value ??= value
    return [draft]
  }
  const drafts: Draft[] = []
  name.elements.forEach((element, index) => {
    if (!ts.isBindingElement(element)) return
    if (element.propertyName) walk(r, element.propertyName)
    const part = value && once(() => memberOf(r, name, element, index, value()))
    drafts.push(...declareNames(r, scope, element.name, kind, part))
    if (element.initializer) walk(r, element.initializer)
  })
  return drafts
}

/** Notes that the names in `target`, an identifier or a pattern, get another value than their first. */
export function markAssigned(r: Reading, target: ts.Expression): void {
  const inner = unwrap(target)
  if (ts.isIdentifier(inner)) r.writes.push({ name: inner.text, scope: r.scope })
  else if (ts.isArrayLiteralExpression(inner)) for (const element of inner.elements) markAssigned(r, element)
  else if (ts.isSpreadElement(inner)) markAssigned(r, inner.expression)
  else if (ts.isBinaryExpression(inner)) markAssigned(r, inner.left)
  else if (ts.isObjectLiteralExpression(inner))
    for (const property of inner.properties)
      if (ts.isPropertyAssignment(property)) markAssigned(r, property.initializer)
      else if (ts.isShorthandPropertyAssignment(property)) markAssigned(r, property.name)
      else if (ts.isSpreadAssignment(property)) markAssigned(r, property.expression)
}

/** A type annotation as text. */
export function typeFact(r: Reading, node: ts.TypeNode): TypeFact {
  const text = plainText(textOf(r, node))
  const parts = ts.isUnionTypeNode(node) ? node.types.map(part => plainText(textOf(r, part))) : [text]
  return { text, parts, at: spanOf(r, node) }
}

/** The finished binding of a draft. */
export function bindingFact(draft: Draft): Binding {
  const { name, kind, at } = draft
  const fact: { -readonly [K in keyof Binding]: Binding[K] } = { name, kind, at }
  if (draft.import && !draft.assigned) fact.import = draft.import
  const value = draft.assigned || draft.import ? undefined : draft.value?.()
  if (value) fact.value = value
  if (draft.type) fact.type = draft.type
  if (draft.statementAt) fact.statementAt = draft.statementAt
  if (draft.param) fact.param = draft.param
  if (draft.fn !== undefined) fact.fn = draft.fn
  return fact
}

function memberOf(
  r: Reading,
  pattern: ts.BindingPattern,
  element: ts.BindingElement,
  index: number,
  of: Value | undefined,
): Value | undefined {
  if (!of) return undefined
  if (element.initializer || element.dotDotDotToken) return unknownAt(r, element)
  const key = element.propertyName ?? element.name
  const at = spanOf(r, element)
  const nameAt = spanOf(r, key)
  if (ts.isArrayBindingPattern(pattern)) {
    const position: Value = { kind: 'number', value: index, at: makeSpan(r, at.start - r.base, at.end - r.base) }
    return { kind: 'member', of, index: position, nameAt, at }
  }
  const name = literalName(key)
  return name === undefined ? { kind: 'unknown', at } : { kind: 'member', of, name, nameAt, at }
}

/** Some element of `list`: which one, only running tells. */
function elementOf(r: Reading, list: ts.Expression, name: ts.BindingName, scope: Scope): Value {
  const index = unknownAt(r, name)
  return { kind: 'member', of: evaluate(r, list, scope), index, nameAt: index.at, at: index.at }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
