// A small editor for tests: starts the server as a process and speaks the protocol with it.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type ApplyWorkspaceEditParams,
  type ApplyWorkspaceEditResult,
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'

/** How the editor of a test is set up. */
export interface ClientOptions {
  /** Absolute paths of the workspace folders; empty: an editor without a folder. */
  readonly folders: readonly string[]
  readonly capabilities?: ClientCapabilities
  readonly initializationOptions?: unknown
  /** The entry of the server; the program's own where it is absent. */
  readonly server?: URL
  /** The script to start and its words, such as `['dist/server/cli.cjs', 'lsp', '--stdio']`; goes before `server`. With `--node-ipc` it is forked. */
  readonly command?: readonly [string, ...string[]]
  /** What the editor answers (maybe later) when it is asked for its settings. */
  readonly settings?: (scopeUri: string | undefined) => unknown
  /** What it answers to a change; that it was made where this is absent. */
  readonly change?: ApplyWorkspaceEditResult
}

/** An editor that is connected to a server. */
export interface LspClient {
  readonly connection: MessageConnection
  readonly initialized: InitializeResult
  /** Every `publishDiagnostics` so far, oldest first. */
  readonly published: readonly PublishDiagnosticsParams[]
  /** Everything the server logged. */
  readonly logged: readonly string[]
  /** Edits that the server asked to be applied. */
  readonly applied: readonly ApplyWorkspaceEditParams[]
  /** Methods that the server registered for later. */
  readonly registered: readonly string[]
  request<Result>(method: string, params: unknown): Promise<Result>
  notify(method: string, params: unknown): Promise<void>
  open(file: string, text: string): Promise<void>
  /** Replaces the first `from` of the open text of `file` by `to`, as a keystroke does. Gives the new text. */
  edit(file: string, from: string, to: string): Promise<string>
  close(file: string): Promise<void>
  /** The diagnostics last pushed for `file`, as soon as they pass `test`. */
  diagnostics(file: string, test: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>
  /** Resolves with the parameters of the next notification or request of that method that passes `test`; earlier ones count. */
  seen<Params>(method: string, test?: (params: Params) => boolean): Promise<Params>
  /** The same, but earlier ones do not count. */
  nextSeen<Params>(method: string, test?: (params: Params) => boolean): Promise<Params>
  /** Resolves with the exit code when the server ends. */
  readonly exited: Promise<number | null>
  /** Says goodbye. Resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Abilities of an editor that takes pushed diagnostics and can do everything else. */
export const pushing: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
    codeAction: {
      resolveSupport: { properties: ['edit'] },
      dataSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } },
    },
  },
  window: { workDoneProgress: true },
}

/** The same editor, when it pulls diagnostics. */
export const pulling: ClientCapabilities = {
  ...pushing,
  workspace: { ...pushing.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...pushing.textDocument, diagnostic: { relatedInformation: true, codeDescriptionSupport: true } },
}

export const uriOf = (file: string): string => pathToFileURL(file).href

/** Starts a server and introduces the editor. The bundle named by OFFLINE_STORAGE_SERVER is started where there is one. */
export async function startClient(options: ClientOptions): Promise<LspClient> {
  const [script, ...words] = options.command ?? [...serverArguments(options.server), '--stdio']
  const { child, connection } = words.includes('--node-ipc') ? forked(script!, words) : spawned([script!, ...words])
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
  const inbox = createInbox()
  const published: PublishDiagnosticsParams[] = []
  const logged: string[] = []
  const applied: ApplyWorkspaceEditParams[] = []
  const registered: string[] = []
  const texts = new Map<string, { version: number; text: string }>()

  connection.onNotification((method, params) => {
    if (method === 'textDocument/publishDiagnostics') published.push(params as unknown as PublishDiagnosticsParams)
    if (method === 'window/logMessage') logged.push((params as unknown as { message: string }).message)
    inbox.put(method, params)
  })
  connection.onRequest((method, params) => {
    const answer = answerTo(method, params, options)
    if (method === 'workspace/applyEdit') applied.push(params as unknown as ApplyWorkspaceEditParams)
    if (method === 'client/registerCapability')
      for (const one of (params as unknown as { registrations: { method: string }[] }).registrations)
        registered.push(one.method)
    inbox.put(method, params)
    return answer
  })
  connection.listen()

  const folders = options.folders.map(folder => ({ uri: uriOf(folder), name: folder }))
  const params: InitializeParams = {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? pushing,
    workspaceFolders: folders.length > 0 ? folders : null,
    initializationOptions: options.initializationOptions,
  }
  const initialized = await connection.sendRequest<InitializeResult>('initialize', params)
  await connection.sendNotification('initialized', {})

  const notify = (method: string, what: unknown) => connection.sendNotification(method, what)
  return {
    connection,
    initialized,
    published,
    logged,
    applied,
    registered,
    request: (method, what) => connection.sendRequest(method, what),
    notify,
    open(file, text) {
      texts.set(file, { version: 1, text })
      const languageId = /x$/.test(file) ? 'typescriptreact' : 'typescript'
      return notify('textDocument/didOpen', { textDocument: { uri: uriOf(file), languageId, version: 1, text } })
    },
    async edit(file, from, to) {
      const document = texts.get(file)
      const at = document?.text.indexOf(from) ?? -1
      if (!document || at < 0) throw new Error(`${file} is not open, or does not hold ${JSON.stringify(from)}`)
      const range = { start: placeOf(document.text, at), end: placeOf(document.text, at + from.length) }
      document.text = document.text.slice(0, at) + to + document.text.slice(at + from.length)
      document.version++
      await notify('textDocument/didChange', {
        textDocument: { uri: uriOf(file), version: document.version },
        contentChanges: [{ range, text: to }],
      })
      return document.text
    },
    close(file) {
      texts.delete(file)
      return notify('textDocument/didClose', { textDocument: { uri: uriOf(file) } })
    },
    async diagnostics(file, test) {
      const uri = uriOf(file)
      const last = published.filter(one => sameUri(one.uri, uri)).at(-1)
      if (last && test(last.diagnostics)) return last.diagnostics
      const next = await inbox.next<PublishDiagnosticsParams>(
        'textDocument/publishDiagnostics',
        one => sameUri(one.uri, uri) && test(one.diagnostics),
        false,
      )
      return next.diagnostics
    },
    seen: (method, test = () => true) => inbox.next(method, test, true),
    nextSeen: (method, test = () => true) => inbox.next(method, test, false),
    exited,
    stop: () => stop(child, connection, exited),
  }
}

function spawned(words: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const reader = new StreamMessageReader(child.stdout!)
  return { child, connection: createMessageConnection(reader, new StreamMessageWriter(child.stdin!)) }
}

function forked(script: string, words: readonly string[]) {
  const child = fork(script, words)
  return { child, connection: createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)) }
}

function serverArguments(server: URL | undefined): string[] {
  const bundle = process.env['OFFLINE_STORAGE_SERVER']
  if (bundle && !server) return [bundle]
  return ['--import', 'tsx', fileURLToPath(server ?? new URL('../src/server.ts', import.meta.url))]
}

async function stop(
  child: ChildProcess,
  connection: MessageConnection,
  exited: Promise<number | null>,
): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  const code = await exited
  connection.dispose()
  return code
}

function answerTo(method: string, params: unknown, options: ClientOptions): unknown {
  if (method === 'workspace/applyEdit') return options.change ?? { applied: true }
  if (method !== 'workspace/configuration') return null
  const { items } = params as { items: { scopeUri?: string }[] }
  return Promise.all(items.map(async item => (await options.settings?.(item.scopeUri)) ?? null))
}

/** Messages of the server, and those who wait for one. */
function createInbox() {
  const past: { method: string; params: unknown }[] = []
  const waiting = new Set<(method: string, params: unknown) => void>()
  return {
    put(method: string, params: unknown) {
      past.push({ method, params })
      for (const look of [...waiting]) look(method, params)
    },
    next<Params>(wanted: string, test: (params: Params) => boolean, earlierCount: boolean): Promise<Params> {
      const fits = (method: string, params: unknown) => method === wanted && test(params as Params)
      const found = earlierCount ? past.find(one => fits(one.method, one.params)) : undefined
      if (found) return Promise.resolve(found.params as Params)
      return new Promise(resolve => {
        const look = (method: string, params: unknown) => {
          if (!fits(method, params)) return
          waiting.delete(look)
          resolve(params as Params)
        }
        waiting.add(look)
      })
    },
  }
}

function placeOf(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, character: before.at(-1)!.length }
}

const sameUri = (a: string, b: string): boolean => decodeURIComponent(a) === decodeURIComponent(b)
