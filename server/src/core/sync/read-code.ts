// Reads the functions of files and follows calls from one to another.

import { keyed, sameItems } from '../catalog/remembered.ts'
import type { Located, Scope } from '../catalog/scope.ts'
import { isTestFile } from '../catalog/test-file.ts'
import type { FunctionFact, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../source/value.ts'
import { lastName } from './flow.ts'
import { createNameSets } from './name-sets.ts'
import type { Called, Code, CodeReader, OwnFunction } from './types.ts'

/** A reader for one scope. */
export function createCodeReader(scope: Scope): CodeReader {
  const known = new WeakMap<
    UsageFacts,
    { readonly module: ModuleFacts; readonly classes: readonly unknown[]; readonly code: Code }
  >()

  const code = (file: string): Code => {
    const usage = scope.usage(file)
    const module = scope.module(file)
    if (!usage || !module) return nothing
    const before = known.get(usage)
    // A member may get another name while nothing else changes.
    const classes = scope.classKeys(file).map(key => scope.classOf(file, key))
    if (before?.module === module && sameItems(before.classes, classes)) return before.code
    const read = readCode(scope, file, usage, module)
    known.set(usage, { module, classes, code: read })
    return read
  }

  const names = createNameSets(scope)
  const naming = keyed(key => {
    const [root, ...wanted] = key.split('\n')
    return scope
      .files()
      .filter(
        other =>
          scope.workspace().project(other).root === root &&
          wanted.some(name => names(other).has(name)) &&
          !isTestFile(scope, other),
      )
  }, sameItems)

  const byId = (file: string, id: number): OwnFunction | undefined => code(file).functions[id]

  const method = (file: string, classKey: string, name: string): OwnFunction | undefined =>
    code(file).functions.find(one => one.classKey === classKey && one.names.includes(name))

  const ofClass = (made: Located, name: string): OwnFunction | undefined => {
    const { value, file } = made
    if (value.kind === 'class') return method(file, value.key, name)
    if (value.kind !== 'call' || !value.isNew) return undefined
    const found = scope.follow({ value: value.callee, file })
    return found.value.kind === 'class' ? method(found.file, found.value.key, name) : undefined
  }

  return {
    code,
    callee({ call, file, fn }) {
      const { callee } = call
      const target = scope.target({ value: callee, file })
      if (target.kind === 'value' && target.located.value.kind === 'function')
        return byId(target.located.file, target.located.value.id)
      if (target.kind === 'result') return ofClass({ value: target.call.value, file: target.call.file }, target.name)
      if (callee.kind === 'name') return sole(code(file).functions.filter(one => one.names.includes(callee.name)))
      if (callee.kind !== 'member' || callee.name === undefined) return undefined
      const { name, of } = callee
      if (of.kind === 'this') {
        const key = fn === undefined ? undefined : code(file).functions[fn]?.classKey
        return key === undefined
          ? sole(code(file).functions.filter(one => one.names.includes(name) && one.classKey === undefined))
          : method(file, key, name)
      }
      const found = scope.follow({ value: of, file })
      const own = ofClass(found, name)
      if (own) return own
      // `get().sync()` of a store.
      const isState = of.kind === 'call' && /^(?:get|getState)$/.test(lastName(of.callee) ?? '')
      return isState ? sole(code(file).functions.filter(one => one.names.includes(name))) : undefined
    },
    filesNaming: (file, wanted) => naming(`${scope.workspace().project(file).root}\n${wanted.join('\n')}`),
  }
}

const nothing: Code = { functions: [], calls: [] }

const sole = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

/** What gives back the function it is given, or something that is called like it. */
const wrapsFunction =
  /^(?:createAsyncThunk|useCallback|useEvent|useEffectEvent|useEventCallback|useLatest|action|flow)$/

function readCode(scope: Scope, file: string, usage: UsageFacts, module: ModuleFacts): Code {
  const names = new Map<number, string[]>()
  const givenTo = new Map<number, CallValue>()
  const classes = new Map<number, string>()
  const name = (given: Value | undefined, text: string): void => {
    const isWrapped = given?.kind === 'call' && wrapsFunction.test(lastName(given.callee) ?? '')
    const value = isWrapped ? given.args.find(argument => argument.kind === 'function') : given
    if (value?.kind !== 'function') return
    names.set(value.id, [...new Set([...(names.get(value.id) ?? []), text])])
  }
  const nameProps = (value: Value): void => {
    for (const part of walkValue(value)) {
      if (part.kind === 'object') for (const prop of part.props) if (prop.kind === 'named') name(prop.value, prop.name)
      if (part.kind !== 'call') continue
      for (const argument of part.args)
        for (const inner of argument.kind === 'object' ? argument.props.map(prop => prop.value) : [argument])
          if (inner.kind === 'function') givenTo.set(inner.id, part)
    }
  }
  for (const binding of Object.values(module.bindings)) {
    name(binding.value, binding.name)
    if (binding.value) nameProps(binding.value)
  }
  for (const given of Object.values(module.exports)) if (given.kind === 'value') nameProps(given.value)
  for (const key of scope.classKeys(file))
    for (const member of scope.classOf(file, key)?.members ?? []) {
      const { initializer } = member
      const id = member.fn ?? (initializer?.kind === 'function' ? initializer.id : undefined)
      if (id === undefined) continue
      classes.set(id, key)
      names.set(id, [member.name])
    }
  for (const fact of usage.calls) nameProps(fact.value)
  for (const fn of usage.functions) for (const value of fn.returns) nameProps(value)

  const calls: Called[] = []
  const byFunction = new Map<number, Called[]>()
  for (const fact of usage.calls) {
    const own: Called[] = []
    for (const part of walkValue(fact.value))
      if (part.kind === 'call')
        own.push({ call: part, file, fn: fact.fn, use: part === fact.value ? fact.use : useInside(fact.value, part) })
    calls.push(...own)
    if (fact.fn !== undefined) byFunction.set(fact.fn, [...(byFunction.get(fact.fn) ?? []), ...own])
  }
  const classOf = (id: number | undefined): string | undefined => {
    const fact: FunctionFact | undefined = id === undefined ? undefined : usage.functions[id]
    return fact && (fact.inClass ?? classes.get(id!) ?? classOf(fact.parent))
  }
  const functions = usage.functions.map((fact, id): OwnFunction => {
    const own = names.get(id) ?? (fact.name === undefined ? [] : [fact.name])
    return {
      id,
      file,
      fact,
      names: own,
      classKey: classOf(id),
      calls: byFunction.get(id) ?? [],
      givenTo: givenTo.get(id),
    }
  })
  return { functions, calls }
}

/** What becomes of a call inside of another value: `await inner()` in it counts as awaited. */
function useInside(outer: Value, inner: CallValue): Called['use'] {
  for (const part of walkValue(outer)) if (part.kind === 'await' && part.value === inner) return 'awaited'
  return 'inner'
}
