// Requests that change something on a server: fetch, axios, clients with `post` and `put`, Apollo.
import type { Located, Scope } from '../catalog/scope.ts'
import type { Value } from '../source/value.ts'
import { lastName, methodOf } from './flow.ts'
import type { Called, NetworkRequest } from './types.ts'
import { clientName, noClientName } from './words.ts'

const methods: Readonly<Record<string, string>> = {
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  del: 'DELETE',
  postForm: 'POST',
  putForm: 'PUT',
}

/** The request that a call makes; undefined for all else, and for what only reads. */
export function requestOf(scope: Scope, called: Called): NetworkRequest | undefined {
  const { call, file } = called
  if (call.isNew) return undefined
  const target = scope.target({ value: call.callee, file })
  const isAxios = target.kind === 'external' && target.from === 'axios'
  if (isGlobal(call.callee, 'fetch')) return fetchRequest(scope, called)
  if (isAxios && /^(?:default|axios|default\.request|request)$/.test(target.name)) return configRequest(scope, called)
  const method = methodOf(call)
  // An instance of axios can be called like axios itself.
  if (isGlobal(call.callee, 'axios') || madeBy(scope, { value: call.callee, file }) === 'axios')
    return configRequest(scope, called)
  if (!method?.of) return undefined
  if (method.name === 'mutate') return apolloRequest(scope, called, method.of)
  const verb = Object.hasOwn(methods, method.name) ? methods[method.name] : undefined
  if (verb === undefined) return undefined
  const made = madeBy(scope, { value: method.of, file })
  const name = lastName(method.of) ?? ''
  const isClient = isAxios || made !== undefined || (clientName.test(name) && !noClientName.test(name))
  if (!isClient) return undefined
  const isKnownAxios = isAxios || made === 'axios' || isGlobal(method.of, 'axios')
  const [url, second, third] = call.args
  const hasBody = verb !== 'DELETE'
  return {
    called,
    by: isKnownAxios ? 'axios' : 'client',
    method: verb,
    url,
    body: hasBody ? second : undefined,
    options: hasBody ? third : second,
    // What nobody declares cannot be looked into, and nothing that could be is left out.
    isPlain: isKnownAxios || isUndeclared(method.of),
  }
}

/** True for a name that nothing in the file declares. */
export const isUndeclared = (value: Value): boolean => value.kind === 'name' && value.key === undefined

const isGlobal = (value: Value, name: string): boolean => isUndeclared(value) && lastName(value) === name

/** `axios` for what `axios.create` made, `other` for what another library's factory did. */
export function madeBy(scope: Scope, of: Located): 'axios' | 'other' | undefined {
  const { value, file } = scope.follow(of)
  if (value.kind !== 'call') return undefined
  const target = scope.target({ value: value.callee, file })
  if (target.kind !== 'external') return undefined
  if (target.from === 'axios') return /(?:^|\.)create$/.test(target.name) ? 'axios' : undefined
  return /^(?:ky|wretch|ofetch|apisauce|got)$/.test(target.from) ? 'other' : undefined
}

function fetchRequest(scope: Scope, called: Called): NetworkRequest | undefined {
  const [url, options] = called.call.args
  const shape = options && scope.shape({ value: options, file: called.file })
  if (!options || (shape?.complete && !shape.entries.has('method'))) return undefined
  const given = shape?.entries.get('method')
  const method = given && scope.text(given.value)?.text.toUpperCase()
  if (method === 'GET' || method === 'HEAD') return undefined
  return {
    called,
    by: 'fetch',
    method,
    url,
    body: shape?.entries.get('body')?.value.value,
    options,
    isPlain: called.use !== 'inner',
  }
}

function configRequest(scope: Scope, called: Called): NetworkRequest | undefined {
  const [first, second] = called.call.args
  const isUrlFirst = second !== undefined
  const options = isUrlFirst ? second : first
  const shape = options && scope.shape({ value: options, file: called.file })
  const given = shape?.entries.get('method')
  if (!options || (shape?.complete && !given)) return undefined
  const method = given && scope.text(given.value)?.text.toUpperCase()
  if (method === 'GET') return undefined
  const url = isUrlFirst ? first : shape?.entries.get('url')?.value.value
  return {
    called,
    by: 'axios',
    method,
    url,
    body: shape?.entries.get('data')?.value.value,
    options,
    isPlain: called.use !== 'inner',
  }
}

function apolloRequest(scope: Scope, called: Called, of: Value): NetworkRequest | undefined {
  const [options] = called.call.args
  const shape = options && scope.shape({ value: options, file: called.file })
  if (!shape?.entries.has('mutation') || !/client|apollo/i.test(lastName(of) ?? '')) return undefined
  return {
    called,
    by: 'apollo',
    method: undefined,
    url: undefined,
    body: shape.entries.get('variables')?.value.value,
    options,
    isPlain: false,
  }
}
