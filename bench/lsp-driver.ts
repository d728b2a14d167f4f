// A lean LSP client over stdio that notes when each diagnostics answer arrives, for servers that push and servers that are asked.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** A place in a text as LSP counts it. */
export interface Position {
  readonly line: number
  readonly character: number
}

/** The part of a diagnostic that the measurements look at. */
export interface SeenDiagnostic {
  readonly range: { readonly start: Position; readonly end: Position }
  readonly message: string
}

/** What a server answered, and when it came. */
export interface Answer {
  readonly result: unknown
  readonly at: number
}

/** How to start a server, and what it is told. */
export interface ServerCommand {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly initializationOptions?: object
  /** Notification that says that the whole workspace has been read, and what it then holds. */
  readonly ready?: { readonly method: string; readonly state: string }
}

/** A running server with its open documents. Times are milliseconds of `performance.now()`. */
export interface LspDriver {
  readonly startedAt: number
  open(file: string, text: string): void
  /** Replaces `length` characters at `at` (the rest of the line stays) and asks for diagnostics if the server must be asked. */
  edit(file: string, at: Position, length: number, text: string): void
  /** When diagnostics of `file` that satisfy `accept` arrived; waits for them. Rejects after `limit` ms. */
  diagnostics(
    file: string,
    accept: (items: readonly SeenDiagnostic[]) => boolean,
    limit?: number,
  ): Promise<{ readonly at: number; readonly items: readonly SeenDiagnostic[] }>
  /**
   * Asks the server about a place of a file (or, without one, about the file); gives the answer and when it came. A refusal
   * with a reason is an answer without a result.
   */
  ask(method: string, file: string, position?: Position, more?: object): Promise<Answer>
  /** Waits until the server says that it is ready, or at once where it says no such thing. */
  ready(): Promise<number | undefined>
  /** Highest resident memory so far, MB; undefined where the system does not tell. */
  peakMemory(): number | undefined
  /** Processor time so far, ms, which other work on the machine hardly changes; undefined where the system does not tell. */
  processorTime(): number | undefined
  stop(): Promise<void>
}

/** Starts a server on the workspace folder `root` and initializes it. */
export async function startServer(server: ServerCommand, root: string): Promise<LspDriver> {
  const startedAt = performance.now()
  const child = spawn(server.command, server.args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] })
  const connection = connect(child, server.name)
  const latest = new Map<string, readonly SeenDiagnostic[]>()
  const versions = new Map<string, number>()
  const listeners = new Set<(uri: string, items: readonly SeenDiagnostic[], at: number) => void>()
  const readyListeners = new Set<(at: number) => void>()
  let readyAt: number | undefined
  let pulls = false

  const arrived = (uri: string, items: readonly SeenDiagnostic[], at: number): void => {
    latest.set(uri, items)
    for (const listener of [...listeners]) listener(uri, items, at)
  }
  const asked = new Map<string, number>()
  const pull = (uri: string): void => {
    const version = versions.get(uri)
    // Editors cancel the question about the text before, and so a slow server can skip it.
    const before = asked.get(uri)
    if (before !== undefined) connection.notify('$/cancelRequest', { id: before })
    const answer = connection.request('textDocument/diagnostic', { textDocument: { uri } })
    asked.set(uri, answer.id)
    answer.then(
      ({ result, at }) => {
        // Answers to an older text say nothing about the edit that is being timed.
        if (versions.get(uri) === version) arrived(uri, itemsOf(result), at)
      },
      () => undefined,
    )
  }
  connection.onRefresh(() => {
    if (pulls) for (const uri of versions.keys()) pull(uri)
  })
  connection.onNotification((method, params, at) => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics, version } = params as { uri: string; diagnostics: SeenDiagnostic[]; version?: number }
      if (version === undefined || version === null || version === versions.get(uri)) arrived(uri, diagnostics, at)
    }
    if (server.ready && method === server.ready.method && (params as { state?: string }).state === server.ready.state) {
      readyAt = at
      for (const listener of [...readyListeners]) listener(at)
    }
  })

  const rootUri = pathToFileURL(root).href
  const { result } = await connection.request('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'bench' }],
    initializationOptions: server.initializationOptions,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true } },
      textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true }, diagnostic: {} },
    },
  })
  pulls = Boolean((result as { capabilities?: { diagnosticProvider?: unknown } }).capabilities?.diagnosticProvider)
  connection.notify('initialized', {})

  const uriOf = (file: string): string => `${rootUri}/${file}`
  return {
    startedAt,
    open(file, text) {
      const uri = uriOf(file)
      versions.set(uri, 1)
      connection.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } })
      if (pulls) pull(uri)
    },
    edit(file, at, length, text) {
      const uri = uriOf(file)
      const version = (versions.get(uri) ?? 0) + 1
      versions.set(uri, version)
      latest.delete(uri)
      const range = { start: at, end: { line: at.line, character: at.character + length } }
      connection.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] })
      if (pulls) pull(uri)
    },
    diagnostics(file, accept, limit = 60_000) {
      const uri = uriOf(file)
      return new Promise((resolve, reject) => {
        const listener = (about: string, items: readonly SeenDiagnostic[], at: number): void => {
          if (about !== uri || !accept(items)) return
          clearTimeout(timer)
          listeners.delete(listener)
          resolve({ at, items })
        }
        const timer = setTimeout(() => {
          listeners.delete(listener)
          const last = latest.get(uri)?.map(item => item.message)
          reject(
            new Error(`${server.name}: no such diagnostics of ${file} in ${limit} ms; last: ${JSON.stringify(last)}`),
          )
        }, limit)
        listeners.add(listener)
      })
    },
    async ask(method, file, position, more) {
      const params = { textDocument: { uri: uriOf(file) }, ...(position && { position }), ...more }
      try {
        return await connection.request(method, params)
      } catch (error) {
        if (error instanceof Refusal) return { result: undefined, at: error.at }
        throw error
      }
    },
    ready() {
      if (server.ready === undefined) return Promise.resolve(undefined)
      if (readyAt !== undefined) return Promise.resolve(readyAt)
      return new Promise(resolve => readyListeners.add(resolve))
    },
    peakMemory: () => peakMemoryOf(child.pid),
    processorTime: () => processorTimeOf(child.pid),
    async stop() {
      const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
      await connection.request('shutdown', undefined)
      connection.notify('exit', undefined)
      const timer = setTimeout(() => child.kill(), 5000)
      await exited
      clearTimeout(timer)
    },
  }
}

class Refusal extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

interface Connection {
  request(method: string, params: unknown): Promise<Answer> & { readonly id: number }
  notify(method: string, params: unknown): void
  onNotification(listener: (method: string, params: unknown, at: number) => void): void
  /** Told when the server wants its diagnostics to be asked for again. */
  onRefresh(listener: () => void): void
}

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

function connect(child: ChildProcessWithoutNullStreams, name: string): Connection {
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  let listener: (method: string, params: unknown, at: number) => void = () => undefined
  let refresh = (): void => undefined
  let lastId = 0
  let complaints = ''
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]))
  }
  const receive = (message: Message, at: number): void => {
    if (message.method !== undefined) {
      if (message.id === undefined) listener(message.method, message.params, at)
      else send({ id: message.id, result: answerTo(message.method, message.params) })
      if (message.method === 'workspace/diagnostic/refresh') refresh()
      return
    }
    const waiter = waiting.get(Number(message.id))
    waiting.delete(Number(message.id))
    if (message.error) waiter?.reject(new Refusal(`${name}: ${message.error.message}`, at))
    else waiter?.resolve({ result: message.result, at })
  }
  readMessages(child, receive)
  child.stdin.on('error', () => undefined)
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2000)
  })
  child.once('exit', code => {
    for (const waiter of waiting.values()) waiter.reject(new Error(`${name} ended with code ${code}: ${complaints}`))
  })
  return {
    request(method, params) {
      const id = ++lastId
      const answer = new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        send(params === undefined ? { id, method } : { id, method, params })
      })
      return Object.assign(answer, { id })
    },
    notify: (method, params) => send(params === undefined ? { method } : { method, params }),
    onNotification(next) {
      listener = next
    },
    onRefresh(next) {
      refresh = next
    },
  }
}

/** What servers ask of an editor; it has no configuration and agrees to everything. */
function answerTo(method: string, params: unknown): unknown {
  if (method === 'workspace/configuration') return (params as { items: unknown[] }).items.map(() => null)
  if (method === 'workspace/workspaceFolders') return null
  return null
}

function readMessages(child: ChildProcessWithoutNullStreams, receive: (message: Message, at: number) => void): void {
  let chunks: Buffer[] = []
  let size = 0
  let needed = 0
  child.stdout.on('data', (chunk: Buffer) => {
    const at = performance.now()
    chunks.push(chunk)
    size += chunk.length
    if (size < needed) return
    let buffer = Buffer.concat(chunks, size)
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n')
      const length = head < 0 ? undefined : /content-length: *(\d+)/i.exec(buffer.toString('latin1', 0, head))?.[1]
      const end = length === undefined ? undefined : head + 4 + Number(length)
      if (end === undefined || buffer.length < end) {
        needed = end ?? 0
        break
      }
      const body = buffer.toString('utf8', head + 4, end)
      buffer = buffer.subarray(end)
      receive(JSON.parse(body) as Message, at)
    }
    chunks = [buffer]
    size = buffer.length
  })
}

function itemsOf(result: unknown): readonly SeenDiagnostic[] {
  return (result as { items?: SeenDiagnostic[] } | null)?.items ?? []
}

function peakMemoryOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}

/** From the counters of Linux, which are in hundredths of a second. */
function processorTimeOf(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}
