// Functions: their parameters, what they return, and whether they may end without returning.
import { ts } from 'ts-morph'
import type { CatchFact, FunctionFact } from '../facts/file-facts.ts'
import { declareNames, typeFact } from './bindings.ts'
import { endsWithoutReturn } from './ends.ts'
import { evaluate } from './evaluate.ts'
import { propertyTypes } from './property-types.ts'
import {
  declare,
  type FunctionDraft,
  type Mutable,
  makeSpan,
  type Reading,
  spanOf,
  startOf,
  tightList,
} from './reading.ts'
import { asksForSteps, stepsOf } from './steps.ts'
import { walk, walkChildren } from './walk.ts'

/** A function as syntax. */
export type FunctionNode = ts.FunctionLikeDeclaration

/** Gives `node` its id, declares its parameters and visits its body. `inClass` is the key of the class around a member. */
export function collectFunction(r: Reading, node: FunctionNode, inClass?: string): void {
  const { keepsSteps } = r
  r.keepsSteps ??= asksForSteps(r, node)
  const draft: FunctionDraft = {
    id: r.functions.length,
    node,
    kind: kindOf(node),
    parent: r.fn?.id,
    inClass,
    params: [],
    returns: [],
    catches: [],
    open: [],
    bareReturn: false,
    keepsSteps: r.keepsSteps,
    throws: false,
  }
  r.functions.push(draft)
  r.functionIds.set(node, draft.id)
  const { fn: outerFn, scope: outer, branches } = r
  r.fn = draft
  r.branches = 0
  if (ts.isFunctionExpression(node) && node.name) declareItself(r, node, node.name, draft.id)
  r.scope = { outer: r.scope, holdsVar: true }
  collectParameters(r, node, draft)
  const { body } = node
  if (body && ts.isBlock(body)) walkChildren(r, body)
  else if (body) {
    draft.returns.push({ node: body, scope: r.scope })
    walk(r, body, 'returned')
  }
  r.scope = outer
  r.fn = outerFn
  r.branches = branches
  r.keepsSteps = keepsSteps
}

/** Notes a `return` of the present function. */
export function noteReturn(r: Reading, node: ts.ReturnStatement): void {
  const { fn } = r
  if (!fn) return
  for (const clause of fn.open) clause.returns = true
  if (r.branches > 0) fn.mayLeave = true
  if (node.expression) fn.returns.push({ node: node.expression, scope: r.scope })
  else fn.bareReturn = true
}

/** Notes a `throw` of the present function. */
export function noteThrow(r: Reading): void {
  const { fn } = r
  if (!fn) return
  for (const clause of fn.open) clause.rethrows = true
  if (fn.open.length === 0) fn.throws = true
}

/** Notes a catch clause of the present function or of the top level, whose block `inside` visits. */
export function noteTry(r: Reading, fact: Mutable<CatchFact>, inside: () => void): void {
  const { fn } = r
  const { catches } = fn ?? r
  catches.push(fact)
  fn?.open.push(fact)
  inside()
  fn?.open.pop()
}

/** Notes `promise.catch(handler)`. A handler written elsewhere may do anything: it counts as rethrowing and returning. */
export function notePromiseCatch(r: Reading, node: ts.CallExpression): void {
  const { expression } = node
  const handler = node.arguments[0]
  if (!r.fn || !handler || !ts.isPropertyAccessExpression(expression) || expression.name.text !== 'catch') return
  const id = r.functionIds.get(handler)
  const draft = id === undefined ? undefined : r.functions[id]
  r.fn.catches.push({
    at: makeSpan(r, startOf(r, expression.name), node.end),
    tryAt: spanOf(r, expression.expression),
    rethrows: draft ? draft.throws || draft.catches.some(clause => clause.rethrows) : true,
    returns: draft ? draft.returns.length > 0 || draft.bareReturn : true,
  })
}

/** The finished fact of a function. */
export function functionFact(r: Reading, draft: FunctionDraft): FunctionFact {
  const node = draft.node as FunctionNode
  const { body, name, type } = node
  const at = spanOf(r, node)
  const start = startOf(r, node)
  const ownName = name && ts.isComputedPropertyName(name) ? undefined : name?.text
  const fact: Mutable<FunctionFact> = {
    at,
    nameAt: name ? spanOf(r, name) : makeSpan(r, start, firstTokenEnd(r, start)),
    kind: draft.kind,
    isAsync: node.modifiers?.some(modifier => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false,
    isGenerator: node.asteriskToken !== undefined,
    params: tightList(draft.params),
    returns: draft.returns.map(part => evaluate(r, part.node, part.scope)),
    canFallThrough: body !== undefined && ts.isBlock(body) && (draft.bareReturn || endsWithoutReturn(body)),
    catches: tightList(draft.catches),
    throws: draft.throws,
  }
  if (body) fact.bodyAt = spanOf(r, body)
  if (ownName !== undefined) fact.name = ownName
  if (draft.parent !== undefined) fact.parent = draft.parent
  if (draft.inClass !== undefined) fact.inClass = draft.inClass
  if (type) fact.returnType = typeFact(r, type)
  const steps = draft.keepsSteps ? stepsOf(r, draft) : undefined
  if (steps) fact.steps = steps
  return fact
}

function kindOf(node: FunctionNode): FunctionFact['kind'] {
  if (ts.isArrowFunction(node)) return 'arrow'
  if (ts.isMethodDeclaration(node)) return 'method'
  if (ts.isGetAccessor(node)) return 'getter'
  if (ts.isSetAccessor(node)) return 'setter'
  return ts.isConstructorDeclaration(node) ? 'constructor' : 'function'
}

/** A named function expression knows its own name, in a scope around its parameters. */
function declareItself(r: Reading, node: ts.FunctionExpression, name: ts.Identifier, id: number): void {
  r.scope = { outer: r.scope, holdsVar: false }
  const draft = declare(r, r.scope, name.text, 'function', spanOf(r, name))
  draft.value = () => ({ kind: 'function', id, at: spanOf(r, node) })
}

function collectParameters(r: Reading, node: FunctionNode, fn: FunctionDraft): void {
  for (const parameter of node.parameters) {
    const { name, type, initializer } = parameter
    // `this` is a type, not an argument.
    if (ts.isIdentifier(name) && name.text === 'this') continue
    const drafts = declareNames(r, r.scope, name, 'param')
    for (const draft of drafts) draft.param ??= { fn: fn.id, index: fn.params.length }
    if (type && ts.isIdentifier(name) && drafts[0]) drafts[0].type = typeFact(r, type)
    if (type && ts.isObjectBindingPattern(name)) {
      const types = propertyTypes(r.tree, name, type)
      for (const draft of drafts) {
        const own = types.get(draft.name)
        if (own) draft.type = typeFact(r, own)
      }
    }
    fn.params.push(drafts.map(draft => draft.key))
    for (const modifier of parameter.modifiers ?? []) walk(r, modifier)
    if (initializer) walk(r, initializer)
  }
}

/** The end of the word or sign that begins at `start`. */
function firstTokenEnd(r: Reading, start: number): number {
  const [token = ''] = /^(?:[\w$]+|.)/s.exec(r.text.slice(start, start + 80)) ?? []
  return start + token.length
}
