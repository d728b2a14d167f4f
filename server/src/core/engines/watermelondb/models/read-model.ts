// Reads model classes: their table, their decorated members, their associations, through their base classes.

import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import { gated } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ClassFact, DecoratorFact, MemberFact } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import type { Association, ClassRef, Decorator, DecoratorName, Model, ModelMember, ModelReader } from '../types.ts'

interface Link {
  readonly fact: ClassFact
  readonly file: string
}

interface Chain {
  readonly links: readonly Link[]
  /** How the chain ends: at the library's `Model`, at a class without a base, or at something that cannot be read. */
  readonly end: 'model' | 'plain' | 'unknown'
}

/** A reader for one scope. */
export function createModelReader(scope: Scope, library: Library): ModelReader {
  interface Cell {
    readonly model: ReadonlySignal<Model | undefined>
    readonly isModel: () => boolean
    readonly table: () => string | undefined
  }
  const cells = new Map<string, Cell>()

  const cellOf = ({ file, key }: ClassRef): Cell => {
    const id = `${file}#${key}`
    let cell = cells.get(id)
    if (!cell) {
      const model = computed(() => readModel(scope, library, file, key))
      cell = {
        model,
        isModel: gated(() => model.value !== undefined),
        table: gated(() => model.value?.table?.text),
      }
      cells.set(id, cell)
    }
    return cell
  }

  return {
    model: ref => cellOf(ref).model.value,
    isModel: ref => cellOf(ref).isModel(),
    tableText: ref => cellOf(ref).table(),
  }
}

function readModel(scope: Scope, library: Library, file: string, key: string): Model | undefined {
  const fact = scope.classOf(file, key)
  if (!fact) return undefined
  const chain = chainOf(scope, library, { fact, file })
  const members = chain.links.flatMap(link => membersOf(scope, library, link))
  const bearsDecorators = members.some(member => member.binding)
  if (chain.end === 'plain' || (chain.end === 'unknown' && !bearsDecorators)) return undefined
  const chainComplete = chain.end === 'model'
  const table = staticValue(scope, chain, 'table')
  const associations = staticValue(scope, chain, 'associations')
  const read = associations && readAssociations(scope, library, associations.value)
  return {
    name: fact.name,
    key,
    file,
    fact,
    project: scope.workspace().project(file),
    at: { file, span: fact.at },
    nameAt: { file, span: fact.nameAt },
    table: scope.text(table?.value),
    tableAt: table?.at,
    lacksTable: table === undefined && chainComplete,
    members,
    associations: read?.associations ?? [],
    associationsComplete: chainComplete && (associations === undefined || read?.complete === true),
    associationsAt: associations?.at,
    associationsValue: associations && scope.follow(associations.value),
    chainComplete,
  }
}

/** Base classes deeper than this are taken for a cycle. */
const deepestChain = 12

function chainOf(scope: Scope, library: Library, first: Link): Chain {
  const links: Link[] = [first]
  let link = first
  while (links.length < deepestChain) {
    const base: Value | undefined = link.fact.superclass
    if (!base) return { links, end: 'plain' }
    const located: Located = { value: base, file: link.file }
    if (library.nameOf(scope, located) === 'Model') return { links, end: 'model' }
    const target = scope.target(located)
    if (target.kind !== 'value' || target.located.value.kind !== 'class') return { links, end: 'unknown' }
    const fact = scope.classOf(target.located.file, target.located.value.key)
    if (!fact) return { links, end: 'unknown' }
    link = { fact, file: target.located.file }
    links.push(link)
  }
  return { links, end: 'unknown' }
}

interface StaticValue {
  readonly value: Located
  readonly at: Model['at']
}

/** A static property, own or inherited, written in the class, by a static getter, or assigned after it. */
function staticValue(scope: Scope, chain: Chain, name: string): StaticValue | undefined {
  for (const { fact, file } of chain.links) {
    const member = fact.members.find(one => one.isStatic && one.name === name)
    if (member) {
      const at = { file, span: member.at }
      const value = member.initializer ?? getterResult(scope, file, member)
      return { at, value: { file, value: value ?? { kind: 'unknown', at: member.nameAt } } }
    }
    const assigned = fact.assigned.find(one => one.name === name)
    if (assigned) return { at: { file, span: assigned.at }, value: { file, value: assigned.value } }
  }
  return undefined
}

const getterResult = (scope: Scope, file: string, member: MemberFact): Value | undefined => {
  const fn = member.kind === 'getter' && member.fn !== undefined ? scope.usage(file)?.functions[member.fn] : undefined
  return fn?.returns.length === 1 ? fn.returns[0] : undefined
}

function membersOf(scope: Scope, library: Library, { fact, file }: Link): ModelMember[] {
  return fact.members
    .filter(member => !member.isStatic)
    .map(member => {
      const decorators = member.decorators.map(decorator => readDecorator(scope, library, file, decorator))
      const binding = decorators.find(decorator => decorator.name && bindingNames.has(decorator.name))
      const isRelation = binding?.name === 'relation' || binding?.name === 'immutableRelation'
      return {
        fact: member,
        name: member.name,
        file,
        owner: fact.name,
        at: { file, span: member.at },
        nameAt: { file, span: member.nameAt },
        decorators,
        binding,
        column: binding?.name === 'children' ? undefined : scope.text(binding?.args?.[isRelation ? 1 : 0]),
        target: isRelation || binding?.name === 'children' ? scope.text(binding?.args?.[0]) : undefined,
      }
    })
}

const bindingNames: ReadonlySet<DecoratorName> = new Set([
  'field',
  'text',
  'date',
  'json',
  'relation',
  'immutableRelation',
  'children',
])

/** The names of all decorators of the library. */
export const decoratorNames: ReadonlySet<string> = new Set<DecoratorName>([
  ...bindingNames,
  'readonly',
  'nochange',
  'lazy',
  'action',
  'writer',
  'reader',
])

const isDecoratorName = (name: string | undefined): name is DecoratorName =>
  name !== undefined && decoratorNames.has(name)

function readDecorator(scope: Scope, library: Library, file: string, fact: DecoratorFact): Decorator {
  const callee: Located = { value: fact.callee, file }
  const target = scope.target(callee)
  const name = library.nameOf(scope, callee)
  return {
    name: isDecoratorName(name) ? name : undefined,
    args: fact.args?.map(value => ({ value, file })),
    at: { file, span: fact.at },
    from: target.kind === 'external' ? target.from : undefined,
  }
}

interface AssociationsRead {
  readonly associations: readonly Association[]
  readonly complete: boolean
}

/** `{ table: {type, key | foreignKey} }`, or the library's helper `associations([table, {…}], …)` (`src/Model/helpers.js`). */
function readAssociations(scope: Scope, library: Library, value: Located): AssociationsRead {
  const found = scope.follow(value)
  if (found.value.kind === 'call') {
    const call = { value: found.value, file: found.file }
    if (library.calleeOf(scope, call) !== 'associations') return { associations: [], complete: false }
    const pairs = found.value.args.map(arg => scope.items({ value: arg, file: found.file }))
    const read = pairs.map(pair => {
      const [key, info] = pair?.items ?? []
      const table = scope.text(key)
      return table && info && key ? readAssociation(scope, table, placeOf(key), placeOf(key), info) : undefined
    })
    const associations = read.filter(one => one !== undefined)
    return { associations, complete: associations.length === pairs.length }
  }
  const shape = scope.shape(found)
  if (!shape) return { associations: [], complete: false }
  const read = [...shape.entries.values()].map(entry =>
    readAssociation(scope, { text: entry.name, at: entry.nameAt }, entry.nameAt, entry.at, entry.value),
  )
  return { associations: read, complete: shape.complete }
}

function readAssociation(
  scope: Scope,
  table: Named,
  keyAt: Association['keyAt'],
  at: Association['at'],
  info: Located,
): Association {
  const shape = scope.shape(info)
  const typeEntry = shape?.entries.get('type')
  const type = scope.text(typeEntry?.value)
  const keyEntry = type && shape?.entries.get(type.text === 'belongs_to' ? 'key' : 'foreignKey')
  return { table: table.text, keyAt, at, type, key: scope.text(keyEntry?.value), typeEntry, keyEntry }
}
