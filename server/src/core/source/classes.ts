// Classes: their decorators and members as written.
import { ts } from 'ts-morph'
import type { ClassFact, DecoratorFact, MemberFact } from '../facts/file-facts.ts'
import { typeFact } from './bindings.ts'
import { evaluate, literalName } from './evaluate.ts'
import { collectFunction } from './functions.ts'
import { collectExport, hasModifier } from './modules.ts'
import {
  type ClassDraft,
  declare,
  inScope,
  type Mutable,
  makeSpan,
  type Reading,
  type Scope,
  spanOf,
  startOf,
  textOf,
  tightList,
} from './reading.ts'
import { asksForSteps } from './steps.ts'
import { walk, walkChildren } from './walk.ts'

/** Gives the class its key, declares its name and visits its members. `assignedTo` names the variable it initializes. */
export function collectClass(r: Reading, node: ts.ClassLikeDeclaration, assignedTo?: string): void {
  const isDeclaration = ts.isClassDeclaration(node)
  const name = node.name?.text || (isDeclaration ? 'default' : (assignedTo ?? 'class'))
  const key = freeKey(r, name)
  r.classKeys.set(node, key)
  if (isDeclaration && node.name) {
    const draft = declare(r, r.scope, name, 'class', spanOf(r, node.name))
    draft.value ??= () => ({ kind: 'class', key, at: spanOf(r, node) })
    if (r.scope === r.top) draft.statementAt = spanOf(r, node)
  }
  if (isDeclaration && r.scope === r.top) collectExport(r, node)
  const { keepsSteps } = r
  const visit = () => {
    r.keepsSteps ??= asksForSteps(r, node)
    r.classes.push({ key, name, node, scope: r.scope })
    for (const modifier of node.modifiers ?? []) if (ts.isDecorator(modifier)) walkDecorator(r, modifier)
    const superclass = superclassOf(node)
    if (superclass) walk(r, superclass)
    for (const member of node.members) visitMember(r, member, key)
    r.keepsSteps = keepsSteps
  }
  if (isDeclaration || !node.name) {
    visit()
    return
  }
  const own = node.name
  // A named class expression knows its own name, and nobody else does.
  inScope(r, false, () => {
    declare(r, r.scope, own.text, 'class', spanOf(r, own)).value = () => ({ kind: 'class', key, at: spanOf(r, node) })
    visit()
  })
}

/** The finished fact of a class; `assigned` is what the file gives it from outside. */
export function classFact(r: Reading, draft: ClassDraft, assigned: ClassFact['assigned']): ClassFact {
  const { node, name, scope } = draft
  const at = spanOf(r, node)
  const { members } = node
  const closes = r.text.charCodeAt(node.end - 1) === 125 && node.end > members.end
  const superclass = superclassOf(node)
  const start = startOf(r, node)
  const fact: Mutable<ClassFact> = {
    name,
    nameAt: node.name ? spanOf(r, node.name) : makeSpan(r, start, start + 'class'.length),
    at,
    bodyAt: makeSpan(r, members.pos, closes ? node.end - 1 : members.end),
    isAbstract: hasModifier(node, ts.SyntaxKind.AbstractKeyword),
    isDeclare: hasModifier(node, ts.SyntaxKind.DeclareKeyword),
    decorators: decoratorFacts(r, node, scope),
    members: tightList(members.flatMap(member => memberFact(r, member, scope) ?? [])),
    assigned,
  }
  if (superclass) fact.superclass = evaluate(r, superclass, scope)
  return fact
}

/** What the class extends. */
const superclassOf = (node: ts.ClassLikeDeclaration): ts.Expression | undefined =>
  node.heritageClauses?.find(clause => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]

/** `name`, `name#2`, …: the first that no class of this file has. */
function freeKey(r: Reading, name: string): string {
  const count = (r.classCounts.get(name) ?? 0) + 1
  r.classCounts.set(name, count)
  return count === 1 ? name : `${name}#${count}`
}

function visitMember(r: Reading, node: ts.ClassElement, key: string): void {
  if (ts.isClassStaticBlockDeclaration(node)) {
    inScope(r, true, () => walkChildren(r, node.body))
    return
  }
  if (ts.canHaveDecorators(node))
    for (const modifier of node.modifiers ?? []) if (ts.isDecorator(modifier)) walkDecorator(r, modifier)
  if (node.name) walk(r, node.name)
  if (ts.isPropertyDeclaration(node)) {
    if (node.initializer) walk(r, node.initializer, 'assigned')
  } else if (ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isConstructorDeclaration(node))
    collectFunction(r, node, key)
}

/** The calls of a decorator are facts of the class, no entries of their own; functions inside are visited. */
function walkDecorator(r: Reading, node: ts.Decorator): void {
  walk(r, node.expression, 'other', undefined, true)
}

function memberFact(r: Reading, node: ts.ClassElement, scope: Scope): MemberFact | undefined {
  const kind = memberKind(node)
  if (!kind || !node.name) return undefined
  const member = node as ts.PropertyDeclaration | ts.MethodDeclaration | ts.AccessorDeclaration
  const isProperty = kind === 'property'
  const { type, questionToken, exclamationToken, initializer } = member as Partial<ts.PropertyDeclaration>
  const flags = ts.getCombinedModifierFlags(member)
  // Overloads say nothing that their implementation does not.
  const isOverload = kind === 'method' && !(member as ts.MethodDeclaration).body && !questionToken
  if (isOverload && !(flags & ts.ModifierFlags.Abstract)) return undefined
  const fact: Mutable<MemberFact> = {
    name: literalName(member.name) ?? textOf(r, member.name),
    nameAt: spanOf(r, member.name),
    at: spanOf(r, member),
    kind,
    isStatic: (flags & ts.ModifierFlags.Static) !== 0,
    isDeclare: (flags & ts.ModifierFlags.Ambient) !== 0,
    isReadonly: (flags & ts.ModifierFlags.Readonly) !== 0,
    isAsync: (flags & ts.ModifierFlags.Async) !== 0,
    isOptional: questionToken !== undefined,
    isDefinite: exclamationToken !== undefined,
    decorators: decoratorFacts(r, member, scope),
  }
  if (type) fact.type = typeFact(r, type)
  if (isProperty) {
    if (initializer) fact.initializer = evaluate(r, initializer, scope)
  } else {
    const fn = r.functionIds.get(member)
    if (fn !== undefined) fact.fn = fn
  }
  return fact
}

function memberKind(node: ts.ClassElement): MemberFact['kind'] | undefined {
  if (ts.isPropertyDeclaration(node)) return 'property'
  if (ts.isMethodDeclaration(node)) return 'method'
  if (ts.isGetAccessor(node)) return 'getter'
  return ts.isSetAccessor(node) ? 'setter' : undefined
}

function decoratorFacts(
  r: Reading,
  node: ts.HasModifiers | ts.ClassLikeDeclaration,
  scope: Scope,
): readonly DecoratorFact[] {
  const facts: DecoratorFact[] = []
  for (const modifier of node.modifiers ?? [])
    if (ts.isDecorator(modifier)) facts.push(decoratorFact(r, modifier, scope))
  return tightList(facts)
}

function decoratorFact(r: Reading, node: ts.Decorator, scope: Scope): DecoratorFact {
  const value = evaluate(r, node.expression, scope)
  const at = spanOf(r, node)
  return value.kind === 'call' && !value.isNew ? { callee: value.callee, args: value.args, at } : { callee: value, at }
}
