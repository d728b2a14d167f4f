// Where code creates objects of a realm, and which values it gives them.

import { computed, type ReadonlySignal } from '@preact/signals-core'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import type { CallFact } from '../../../facts/file-facts.ts'
import { usesInside } from '../../../source/uses-inside.ts'
import type { CallValue, ObjectValue, Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { classChain } from '../models/class-chain.ts'
import type { CodeOfFile, ModelClass, RealmClass, RealmStore } from '../types.ts'
import { candidates, classOf } from './class-of.ts'
import { methodCall } from './method-call.ts'
import { projectStores, realmOf } from './realm-of.ts'

/** `realm.create(Task, values, mode)` or `new Task(realm, values)`. */
export interface Creation {
  readonly how: 'create' | 'new'
  readonly call: Located<CallValue>
  readonly fact: CallFact
  /** Where the class is named. */
  readonly classAt: Place
  /** What the class may be: it is another one in another realm. */
  readonly classes: readonly RealmClass[]
  /** The realms that the object may belong to. */
  readonly stores: readonly RealmStore[]
  /** The JavaScript class, for `new`. */
  readonly model: ModelClass | undefined
  /** The second argument. */
  readonly values: Located | undefined
  /** True where an object that exists already may be updated, or where that is not known. */
  readonly mayUpdate: boolean
}

/** An object literal that becomes an object of a realm: the values themselves, or one inside of them. */
export interface WrittenObject {
  readonly literal: Located<ObjectValue>
  readonly entries: ReadonlyMap<string, Entry>
  readonly classes: readonly RealmClass[]
  /** The class that is created, or the key of the value that holds this one. */
  readonly at: Place
  readonly mayUpdate: boolean
}

const remembered = new WeakMap<CodeOfFile, ReadonlySignal<readonly Creation[]>>()

/** The creations in a file, in source order. */
export function creations(code: CodeOfFile): readonly Creation[] {
  let found = remembered.get(code)
  if (!found) {
    found = computed(() => read(code))
    remembered.set(code, found)
  }
  return found.value
}

/** The object literals of a creation that are known entirely, outermost first. */
export function* writtenObjects(code: CodeOfFile): Generator<WrittenObject> {
  for (const { values, classes, stores, classAt, mayUpdate } of creations(code))
    if (values && classes.length > 0) yield* inside(code.scope, values, { classes, stores, at: classAt, mayUpdate })
}

function read(code: CodeOfFile): readonly Creation[] {
  const { scope, file } = code
  const found: Creation[] = []
  for (const fact of scope.usage(file)?.calls ?? [])
    for (const value of usesInside(fact.value)) {
      if (value.kind !== 'call' || value.args.some(argument => argument.kind === 'spread')) continue
      const one = value.isNew ? ofNew(code, value, fact) : ofCreate(code, value, fact)
      if (one) found.push(one)
    }
  return found
}

function ofCreate(code: CodeOfFile, value: CallValue, fact: CallFact): Creation | undefined {
  const { file } = code
  const method = methodCall(value)
  const [type, values, mode] = value.args
  if (method?.name !== 'create' || !type) return undefined
  const realm = realmOf(code, { value: method.of, file })
  const named = realm && classOf(code, { value: type, file })
  if (!realm || !named) return undefined
  return {
    how: 'create',
    call: { value, file },
    fact,
    classAt: placeOf({ value: type, file }),
    classes: named.model ? [named.model] : candidates(realm.stores, named.name.text).map(one => one.class),
    stores: realm.stores,
    model: undefined,
    values: values && { value: values, file },
    mayUpdate: mode !== undefined && !isNever(code.scope, { value: mode, file }),
  }
}

/** `false`, `'never'`, `UpdateMode.Never` */
function isNever(scope: Scope, mode: Located): boolean {
  const { value } = scope.follow(mode)
  if (value.kind === 'member') return value.name === 'Never'
  return (
    value.kind === 'undefined' ||
    (value.kind === 'boolean' && !value.value) ||
    (value.kind === 'string' && value.text === 'never')
  )
}

function ofNew(code: CodeOfFile, value: CallValue, fact: CallFact): Creation | undefined {
  const { file, scope } = code
  const ref = code.classes.refOf({ value: value.callee, file })
  const one = ref && code.classes.ofModel(ref)
  const { model } = one ?? {}
  if (!one || !model?.extendsRealm || one.form === 'missing') return undefined
  // A constructor of the app's own may add values, or take others.
  if (hasConstructor(scope, model)) return undefined
  const [first, second] = value.args
  return {
    how: 'new',
    call: { value, file },
    fact,
    classAt: placeOf({ value: value.callee, file }),
    classes: first && second ? [one] : [],
    stores: projectStores(code).filter(store => store.class(one.name.text) === one),
    model,
    values: second && { value: second, file },
    mayUpdate: false,
  }
}

const hasConstructor = (scope: Scope, model: ModelClass): boolean =>
  classChain(scope, model).some(({ file, key }) =>
    scope.usage(file)?.functions.some(fn => fn.kind === 'constructor' && fn.inClass === key),
  )

interface Around {
  readonly classes: readonly RealmClass[]
  readonly stores: readonly RealmStore[]
  readonly at: Place
  readonly mayUpdate: boolean
}

function* inside(scope: Scope, { value, file }: Located, around: Around): Generator<WrittenObject> {
  if (value.kind !== 'object') return
  const literal = { value, file }
  const shape = scope.shape(literal)
  const hasOthers = value.props.some(prop => prop.kind === 'spread')
  if (!shape?.complete || hasOthers) return
  const { classes, stores, at, mayUpdate } = around
  yield { literal, entries: shape.entries, classes, at, mayUpdate }
  for (const { name, nameAt, value: given } of shape.entries.values()) {
    // What a name stands for may be something that a realm has already.
    if (given.file !== file || !isWithin(value, given.value)) continue
    const target = targetOf(classes, name)
    const found = target && candidatesOf(stores, target.name)
    if (!target || !found || found.length === 0) continue
    const next = { classes: found, stores, at: nameAt, mayUpdate }
    for (const part of target.isMany ? elementsOf(given.value) : [given.value])
      yield* inside(scope, { value: part, file }, next)
  }
}

const isWithin = (outer: ObjectValue, value: Value): boolean =>
  outer.props.some(prop => prop.kind !== 'spread' && prop.value === value)

/** The class that a property links to, where all classes agree. */
function targetOf(classes: readonly RealmClass[], name: string) {
  const shapes = classes.map(one => one.properties.get(name)?.shape)
  const [shape] = shapes
  if (shape?.target === undefined || shape.kind === 'linkingObjects') return undefined
  const isSame = shapes.every(one => one?.target === shape.target && one?.kind === shape.kind)
  return isSame ? { name: shape.target, isMany: shape.kind !== 'object' } : undefined
}

/** None where a realm may have a class of that name that is not read. */
function candidatesOf(stores: readonly RealmStore[], name: string): readonly RealmClass[] {
  const found = stores.map(store => store.class(name))
  return found.every(one => one !== undefined) ? [...new Set(found)] : []
}

function elementsOf(value: Value): readonly Value[] {
  if (value.kind === 'array') return value.items
  return value.kind === 'object' ? value.props.flatMap(prop => (prop.kind === 'spread' ? [] : [prop.value])) : []
}
