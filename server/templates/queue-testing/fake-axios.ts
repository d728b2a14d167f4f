// axios, speaking with the simulated server.
import type { Environment } from './queue-under-test.ts'
import { simulated } from './simulated-error.ts'
import { plainHeaders } from './simulated-globals.ts'
import type { SimulatedHttp } from './simulated-http.ts'

interface Config {
  method?: string
  url?: string
  baseURL?: string
  data?: unknown
  headers?: Record<string, unknown>
  timeout?: number
  signal?: AbortSignal
  validateStatus?: (status: number) => boolean
}

interface Answer {
  readonly status: number
  readonly statusText: string
  readonly headers: Readonly<Record<string, string>>
  readonly data: unknown
  readonly config: Config
}

class FakeAxiosError extends Error {
  override readonly name = 'AxiosError'
  readonly isAxiosError = true
  readonly code: string
  readonly config: Config
  readonly response: Answer | undefined
  readonly status: number | undefined

  constructor(message: string, code: string, config: Config, response?: Answer) {
    super(message)
    this.code = code
    this.config = config
    this.response = response
    this.status = response?.status
    simulated(this)
  }
}

/** What `axios` gives: itself, its instances with their interceptors, and its errors. */
export function fakeAxios(env: Environment, http: SimulatedHttp) {
  const axios = instanceOf(env, http, {})
  const isAxiosError = (error: unknown): boolean => error instanceof FakeAxiosError
  const isCancel = (error: unknown): boolean => error instanceof FakeAxiosError && error.code === 'ERR_CANCELED'
  const named = { isAxiosError, isCancel, AxiosError: FakeAxiosError, CanceledError: FakeAxiosError }
  const create = (defaults: Config = {}) => instanceOf(env, http, defaults)
  return { __esModule: true, default: Object.assign(axios, named, { create }), ...named, create }
}

function instanceOf(env: Environment, http: SimulatedHttp, given: Config) {
  const defaults = { ...given, headers: { common: {}, ...given.headers } }
  const requests = handlersOf<Config>()
  const responses = handlersOf<Answer>()

  const request = (first: string | Config, second: Config = {}): Promise<Answer> => {
    const own = typeof first === 'string' ? { ...second, url: first } : first
    const { common, ...headers } = defaults.headers
    const config: Config = { ...defaults, ...own, headers: headersOf({ ...common, ...headers, ...own.headers }) }
    const asked = [...requests.all]
      .reverse()
      .reduce((so, { done, failed }) => so.then(done, failed), Promise.resolve(config))
    return responses.all.reduce(
      (so, { done, failed }) => so.then(done, failed),
      asked.then(final => dispatch(env, http, final)),
    )
  }
  const bare =
    (method: string) =>
    (url: string, config: Config = {}) =>
      request({ ...config, method, url })
  const full =
    (method: string) =>
    (url: string, data?: unknown, config: Config = {}) =>
      request({ ...config, method, url, data })
  return Object.assign(request, {
    request,
    defaults,
    interceptors: { request: requests, response: responses },
    get: bare('GET'),
    head: bare('HEAD'),
    delete: bare('DELETE'),
    post: full('POST'),
    put: full('PUT'),
    patch: full('PATCH'),
  })
}

/** Interceptors put headers in by name or by `set`. */
function headersOf(given: Record<string, unknown>): Record<string, unknown> {
  const headers = { ...given }
  Object.defineProperty(headers, 'set', {
    value: (name: string, value: unknown) => Object.assign(headers, { [name]: value }),
  })
  return headers
}

interface Handler<T> {
  readonly done?: ((value: T) => T | Promise<T>) | null
  readonly failed?: ((error: unknown) => T | Promise<T>) | null
}

function handlersOf<T>() {
  const all: Handler<T>[] = []
  return {
    all,
    use: (done?: Handler<T>['done'], failed?: Handler<T>['failed']) => all.push({ done, failed }) - 1,
    eject: (id: number) => void all.splice(id, 1, {}),
    clear: () => void all.splice(0),
  }
}

/** Sends, with the time limit of the config, and judges the status. */
async function dispatch(env: Environment, http: SimulatedHttp, config: Config): Promise<Answer> {
  const { method = 'GET', url = '', baseURL = '', data, timeout = 0, signal } = config
  const controller = new AbortController()
  const abort = () => controller.abort()
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  const timer = timeout > 0 ? env.clock.set(timeout, abort) : undefined
  const address = /^\w+:/.test(url) ? url : baseURL.replace(/\/$/, '') + url.replace(/^\/?(?=.)/, '/')
  const answer = await http
    .exchange({
      ...{ method: method.toUpperCase(), url: address, headers: plainHeaders(config.headers), body: data },
      signal: controller.signal,
    })
    .catch(() => {
      if (signal?.aborted) throw new FakeAxiosError('canceled', 'ERR_CANCELED', config)
      if (controller.signal.aborted)
        throw new FakeAxiosError(`timeout of ${timeout}ms exceeded`, 'ECONNABORTED', config)
      throw new FakeAxiosError('Network Error', 'ERR_NETWORK', config)
    })
  if (timer !== undefined) env.clock.clear(timer)
  const { status, headers, body } = answer
  const response: Answer = { status, statusText: String(status), headers, data: body, config }
  const isFine = config.validateStatus ?? (code => code < 300)
  if (isFine(status)) return response
  const code = status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE'
  throw new FakeAxiosError(`Request failed with status code ${status}`, code, config, response)
}
