// Which model an expression in the code is a record of.
import type { Located } from '../../../catalog/scope.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import type { CallValue, NameValue, Value } from '../../../source/value.ts'
import type { CodeOfFile, Model } from '../types.ts'
import { codeCalls } from './code-calls.ts'
import { collectionOf, methodCall, modelAround, storesOfModel } from './read-collection.ts'

/** The callback that a parameter belongs to: what is called with it, and in which function. */
interface Callback {
  readonly call: CallValue
  readonly fn: number | undefined
}

/** A record: all models it may be an instance of (a rule must hold for each), and whether it is just being created. */
export interface RecordFound {
  readonly models: readonly Model[]
  readonly phase: 'create' | 'update' | 'other'
  /** True for every record of a table in turn: no clause, filter or index has chosen it. */
  readonly isAny?: boolean
}

/** Finds records in one file. */
export interface RecordReader {
  /** What `value`, standing in function `fn`, is a record of; undefined where that is not certain. */
  recordOf(value: Value, fn: number | undefined): RecordFound | undefined
}

/** Expressions nested deeper than this are taken for cycles. */
const deepest = 12

/** A reader for one file; made anew for each check. */
export function createRecordReader(code: CodeOfFile): RecordReader {
  const { scope, file } = code
  const usage = scope.usage(file)
  const bindings = scope.module(file)?.bindings ?? {}
  let callbacks: Map<number, Callback> | undefined

  const callbackOf = (id: number): Callback | undefined => {
    callbacks ??= new Map(
      codeCalls(code).flatMap(({ call, fact }) =>
        call.args[0]?.kind === 'function' ? [[call.args[0].id, { call, fn: fact.fn }] as const] : [],
      ),
    )
    return callbacks.get(id)
  }

  const modelsOfCollection = (expression: Located, fn: number | undefined): RecordFound | undefined => {
    const collection = collectionOf(code, expression, fn)
    const models = collection?.stores.flatMap(store => store.modelsOf(collection.table.text))
    const isSure = collection?.stores.every(store => store.modelsOf(collection.table.text).length > 0)
    return models && models.length > 0 && isSure ? { models, phase: 'other' } : undefined
  }

  const ofCall = (call: CallValue, fn: number | undefined, depth: number): RecordFound | undefined => {
    const method = methodCall(call)
    if (!method) return undefined
    const of: Located = { value: method.of, file }
    if (/^(?:find|create|prepareCreate|findAndObserve)$/.test(method.name)) {
      const found = modelsOfCollection(of, fn)
      return found ?? (method.name === 'find' ? chosen(list(method.of, fn, depth + 1)) : undefined)
    }
    if (method.name === 'fetch') return ofRelation(method.of, fn)
    if (method.name === 'update' || method.name === 'prepareUpdate') return record(method.of, fn, depth + 1)
    return undefined
  }

  /** The models of a member of `this` that stands for another table. */
  const ofMember = (
    value: Value,
    fn: number | undefined,
    isBound: (name: string | undefined) => boolean,
  ): RecordFound | undefined => {
    if (value.kind !== 'member' || value.of.kind !== 'this') return undefined
    const model = modelAround(code, fn)
    const member = model?.members.find(one => one.name === value.name)
    const target = isBound(member?.binding?.name) ? member?.target?.text : undefined
    const stores = model && target !== undefined ? storesOfModel(code, model) : []
    const models = stores.flatMap(store => store.modelsOf(target!))
    return models.length > 0 && stores.every(store => store.modelsOf(target!).length > 0)
      ? { models, phase: 'other' }
      : undefined
  }
  const ofRelation = (value: Value, fn: number | undefined) =>
    ofMember(value, fn, name => name === 'relation' || name === 'immutableRelation')

  /** What the records of a query are. */
  const query = (value: Value, fn: number | undefined, depth: number): RecordFound | undefined => {
    if (depth > deepest) return undefined
    const method = methodCall(value)
    if (method?.name === 'query') {
      const found = modelsOfCollection({ value: method.of, file }, fn)
      return found && { ...found, isAny: method.call.args.length === 0 }
    }
    if (method?.name === 'extend') return chosen(query(method.of, fn, depth + 1))
    if (value.kind !== 'name') return ofMember(value, fn, name => name === 'children')
    const binding = value.key === undefined ? undefined : bindings[value.key]
    return binding?.value && query(binding.value, binding.fn, depth + 1)
  }

  /** What the elements of a list are. */
  const list = (value: Value, fn: number | undefined, depth: number): RecordFound | undefined => {
    if (depth > deepest) return undefined
    // Awaiting a query fetches it.
    if (value.kind === 'await') return list(value.value, fn, depth + 1) ?? query(value.value, fn, depth + 1)
    const method = methodCall(value)
    if (method?.name === 'fetch') return query(method.of, fn, depth + 1)
    if (method && /^(?:reverse|sort|toSorted|toReversed)$/.test(method.name)) return list(method.of, fn, depth + 1)
    if (method?.name === 'filter' || method?.name === 'slice') return chosen(list(method.of, fn, depth + 1))
    if (value.kind !== 'name') return undefined
    const binding = value.key === undefined ? undefined : bindings[value.key]
    const parts = binding?.type?.parts.filter(part => part !== 'null' && part !== 'undefined') ?? []
    const element =
      parts.length === 1 ? /^(?:readonly )?([\w$]+)\[\]$|^(?:Readonly)?Array<([\w$]+)>$/.exec(parts[0]!) : null
    // What a list literal holds may be drafts; what an empty one is given later is of its type.
    const isDraft = binding?.value?.kind === 'array' && binding.value.items.length > 0
    const found = binding?.value ? list(binding.value, binding.fn, depth + 1) : ofPromised(binding, depth)
    if (!element || isDraft) return found
    const typed = ofTyped((element[1] ?? element[2])!)
    return typed && withType(typed, found)
  }

  /** What a list is that `promise.then(list => …)` gives to its callback. */
  const ofPromised = (binding: Binding | undefined, depth: number): RecordFound | undefined => {
    const callback = binding?.param?.index === 0 ? callbackOf(binding.param.fn) : undefined
    const method = callback && methodCall(callback.call, 'then')
    return callback && method && list(method.of, callback.fn, depth + 1)
  }

  const ofTyped = (text: string): RecordFound | undefined => {
    const binding = /^[\w$]+$/.test(text) && Object.hasOwn(bindings, text) ? bindings[text] : undefined
    if (!binding || (binding.kind !== 'class' && binding.kind !== 'import')) return undefined
    const name: NameValue = { kind: 'name', name: text, key: text, at: binding.at }
    const target = scope.target({ value: name, file })
    if (target.kind !== 'value' || target.located.value.kind !== 'class') return undefined
    const model = code.models.model({ file: target.located.file, key: target.located.value.key })
    return model && { models: [model], phase: 'other' }
  }

  const ofName = (value: NameValue, depth: number): RecordFound | undefined => {
    const binding = value.key === undefined ? undefined : bindings[value.key]
    if (!binding) return undefined
    const parts = binding.type?.parts.filter(part => part !== 'null' && part !== 'undefined')
    const typed = parts?.length === 1 ? ofTyped(parts[0]!) : undefined
    const { param } = binding
    if (param?.index === 0 && usage?.functions[param.fn]?.params[0]?.length === 1) {
      const callback = callbackOf(param.fn)
      const method = callback && methodCall(callback.call)
      if (!callback || !method) return typed
      const of: Located = { value: method.of, file }
      if (method.name === 'create' || method.name === 'prepareCreate') {
        const found = modelsOfCollection(of, callback.fn) ?? typed
        return found && { ...found, phase: 'create' }
      }
      if (/^(?:forEach|map|flatMap|filter|find|some|every)$/.test(method.name))
        return withType(typed, list(method.of, callback.fn, depth + 1))
      if (method.name !== 'update' && method.name !== 'prepareUpdate') return typed
      const found = record(method.of, callback.fn, depth + 1) ?? typed
      return found && { ...found, phase: 'update' }
    }
    // A literal of that type is a draft, no record.
    if (typed) return binding.value?.kind === 'object' ? undefined : typed
    return binding.value && record(binding.value, binding.fn, depth + 1)
  }

  const record = (value: Value, fn: number | undefined, depth: number): RecordFound | undefined => {
    if (depth > deepest) return undefined
    switch (value.kind) {
      case 'await':
        return record(value.value, fn, depth + 1)
      case 'call':
        return ofCall(value, fn, depth)
      case 'name':
        return ofName(value, depth)
      case 'member':
        return value.index ? chosen(list(value.of, fn, depth + 1)) : undefined
      case 'this': {
        const model = modelAround(code, fn)
        return model && { models: [model], phase: isInUpdate(fn) ? 'update' : 'other' }
      }
      default:
        return undefined
    }
  }

  /** True in the arrow that `this.update(() => …)` calls. */
  const isInUpdate = (fn: number | undefined): boolean => {
    const call = fn === undefined ? undefined : callbackOf(fn)?.call
    const method = call && methodCall(call)
    return method?.of.kind === 'this' && (method.name === 'update' || method.name === 'prepareUpdate')
  }

  return { recordOf: (value, fn) => record(value, fn, 0) }
}

/** A record of the type that the code says, where it says one. */
const withType = (typed: RecordFound | undefined, found: RecordFound | undefined): RecordFound | undefined =>
  typed ? { ...typed, isAny: found?.isAny === true } : found

/** A record that something has picked out of a list. */
const chosen = (found: RecordFound | undefined): RecordFound | undefined => found && { ...found, isAny: false }

/** The member that all models of a record have under a name, where each fits `test`. */
export const memberOfAll = (
  found: RecordFound | undefined,
  name: string | undefined,
  test: (member: Model['members'][number]) => boolean,
): Model['members'][number] | undefined => {
  const members = found?.models.map(model => model.members.find(one => one.name === name))
  return members?.every(member => member !== undefined && test(member)) ? members[0] : undefined
}
