// Calls that keep a queue on the device.
import type { Scope } from '../catalog/scope.ts'
import { lastName, methodOf } from './flow.ts'
import type { Called, CodeReader, Persist } from './types.ts'

const keyValueMethods = /^(?:setItem|setItemAsync|multiSet|mergeItem|setString|setMapAsync|setMap)$/
const fileMethods = /^(?:writeAsStringAsync|writeFile|writeFileAsync)$/
const sqlMethods =
  /^(?:execute|executeAsync|executeSync|executeSql|executeBatch|runAsync|runSync|run|execAsync|execSync|exec|withExclusiveTransactionAsync)$/
const storageName = /storage|mmkv|kv|disk|persist/i
const writingSql = /^\s*(?:insert|update|delete|replace)\b/i
/** Methods whose name says that they keep something. */
export const persistName = /^_?(?:persist|save|store|write|flushToDisk|backup)(?!.*(?:Fail|Log|Error))/i

/** The keeping that a call does by itself; undefined for all else. */
export function persistOf(scope: Scope, reader: CodeReader, called: Called): Persist | undefined {
  const { call, file } = called
  if (call.isNew) return undefined
  const method = methodOf(call)
  if (!method) return undefined
  const { name, of } = method
  const target = scope.target({ value: call.callee, file })
  if (name === 'persist' && target.kind === 'external' && /^(?:zustand|redux-persist|mobx-persist)/.test(target.from))
    return { called, by: 'middleware' }
  if (/^(?:persistReducer|makePersistable)$/.test(name)) return { called, by: 'middleware' }
  const key = (): Pick<Persist, 'key'> => {
    const text = call.args[0] && scope.text({ value: call.args[0], file })?.text
    return text === undefined ? {} : { key: text }
  }
  if (of && keyValueMethods.test(name)) return { called, by: 'key-value', ...key() }
  if (of && fileMethods.test(name)) return { called, by: 'other' }
  if (of && name === 'set' && call.args.length >= 2 && (storageName.test(lastName(of) ?? '') || isMmkv(scope, called)))
    return { called, by: 'key-value', ...key() }
  const sql = of && sqlMethods.test(name) ? scope.text(call.args[0] && { value: call.args[0], file })?.text : undefined
  if (sql !== undefined && writingSql.test(sql)) return { called, by: 'sql' }
  if (of && name === 'write' && /realm|database|db/i.test(lastName(of) ?? '')) return { called, by: 'other' }
  return isMissingMethod(scope, reader, called) && persistName.test(name) ? { called, by: 'method' } : undefined
}

/** True for `this.name()` in a class that extends nothing and declares no such member, and for a name of nowhere. */
export function isMissingMethod(scope: Scope, reader: CodeReader, { call, file, fn }: Called): boolean {
  const { callee } = call
  if (callee.kind === 'name') return callee.key === undefined
  if (callee.kind !== 'member' || callee.of.kind !== 'this' || fn === undefined) return false
  const key = reader.code(file).functions[fn]?.classKey
  const fact = key === undefined ? undefined : scope.classOf(file, key)
  return fact !== undefined && !fact.superclass && !fact.members.some(member => member.name === callee.name)
}

function isMmkv(scope: Scope, { call, file }: Called): boolean {
  if (call.callee.kind !== 'member') return false
  const { value, file: home } = scope.follow({ value: call.callee.of, file })
  if (value.kind !== 'call') return false
  const target = scope.target({ value: value.callee, file: home })
  return target.kind === 'external' && target.from === 'react-native-mmkv'
}
