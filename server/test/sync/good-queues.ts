// Queues with nothing wrong, each in its own way: no rule may speak of them.

/** Small apps by what is special about them. */
export const goodQueues: Readonly<Record<string, Readonly<Record<string, string>>>> = {}

const add = (name: string, files: Readonly<Record<string, string>>) =>
  Object.assign(goodQueues as Record<string, unknown>, { [name]: files })

const imports = `import AsyncStorage from '@react-native-async-storage/async-storage'
import NetInfo from '@react-native-community/netinfo'
import { AppState } from 'react-native'
import { randomUUID } from 'expo-crypto'
`

add('a class whose flag is set before the first wait', {
  'src/queue.ts': `${imports}
const KEY = '@queue'

class SyncQueue {
  private queue: Operation[] = []
  private deadLetters: Operation[] = []
  private isProcessing = false
  private timer: ReturnType<typeof setTimeout> | undefined

  async init() {
    const stored = await AsyncStorage.getItem(KEY)
    if (stored) this.queue = JSON.parse(stored)
    NetInfo.addEventListener(state => {
      if (state.isConnected !== false) this.processQueue().catch(report)
    })
    AppState.addEventListener('change', state => {
      if (state === 'active') this.processQueue().catch(report)
    })
  }

  async enqueue(type: Operation['type'], payload: Payload) {
    this.queue.push({ id: randomUUID(), type, payload, retryCount: 0 })
    await this.save()
    this.processQueue().catch(report)
  }

  private async processQueue() {
    if (this.isProcessing || this.queue.length === 0) return
    this.isProcessing = true
    try {
      const state = await NetInfo.fetch()
      if (state.isConnected === false) return
      while (this.queue.length > 0) {
        const operation = this.queue[0]
        try {
          await this.execute(operation)
          this.queue.shift()
        } catch (error) {
          if (isPermanent(error)) {
            this.deadLetters.push(operation)
            this.queue.shift()
            continue
          }
          operation.retryCount++
          this.schedule(operation.retryCount)
          break
        } finally {
          await this.save()
        }
      }
    } finally {
      this.isProcessing = false
    }
  }

  private schedule(attempt: number) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.processQueue().catch(report), Math.random() * Math.min(60_000, 1000 * 2 ** attempt))
  }

  private async execute(operation: Operation) {
    const headers = { 'Idempotency-Key': operation.id }
    const id = encodeURIComponent(operation.payload.id)
    switch (operation.type) {
      case 'create':
        return send('/notes', { method: 'POST', headers, body: JSON.stringify(operation.payload) })
      case 'delete':
        return send(\`/notes/\${id}\`, { method: 'DELETE', headers })
      default:
        throw new PermanentError(operation.type)
    }
  }

  private async save() {
    await AsyncStorage.setItem(KEY, JSON.stringify(this.queue))
    await AsyncStorage.setItem(\`\${KEY}-dead\`, JSON.stringify(this.deadLetters))
  }
}

async function send(path: string, init: RequestInit) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), 30_000)
  try {
    const response = await fetch(base + path, { ...init, signal: controller.signal })
    if (!response.ok) throw new HttpError(response.status)
  } finally {
    clearTimeout(timer)
  }
}

export const syncQueue = new SyncQueue()
`,
})

add('a mutex around the drain', {
  'src/outbox.ts': `${imports}
import { Mutex } from 'async-mutex'

const mutex = new Mutex()
let outbox: Operation[] = []
let isSyncing = false

export async function load() {
  outbox = JSON.parse((await AsyncStorage.getItem('outbox')) ?? '[]')
}

export async function add(operation: Operation) {
  outbox.push(operation)
  await AsyncStorage.setItem('outbox', JSON.stringify(outbox))
  flush().catch(report)
}

export const flush = () =>
  mutex.runExclusive(async () => {
    if (isSyncing) return
    const state = await NetInfo.fetch()
    if (state.isConnected === false) return
    isSyncing = true
    try {
      await drain()
    } finally {
      isSyncing = false
    }
  })

async function drain() {
  while (outbox.length > 0) {
    await post(outbox[0])
    outbox.shift()
    await AsyncStorage.setItem('outbox', JSON.stringify(outbox))
  }
}

async function post(operation: Operation) {
  await fetch('/operations', { method: 'POST', body: JSON.stringify(operation), signal: AbortSignal.timeout(10_000) })
}

NetInfo.addEventListener(() => flush().catch(report))
`,
})

add('a chain of promises', {
  'src/outbox.ts': `${imports}
export class Outbox {
  private pending: Operation[] = []
  private isRunning = false
  private chain: Promise<void> = Promise.resolve()

  async restore() {
    this.pending = JSON.parse((await AsyncStorage.getItem('pending-ops')) ?? '[]')
  }

  async add(operation: Operation) {
    this.pending.push(operation)
    await AsyncStorage.setItem('pending-ops', JSON.stringify(this.pending))
    this.kick()
  }

  kick() {
    this.chain = this.chain.then(() => this.drain()).catch(report)
  }

  private async drain() {
    if (this.isRunning) return
    await Promise.resolve()
    this.isRunning = true
    try {
      for (const operation of [...this.pending]) {
        await fetch('/operations', {
          method: 'POST',
          headers: { 'Idempotency-Key': operation.id },
          body: JSON.stringify(operation.payload),
          signal: AbortSignal.timeout(10_000),
        })
        this.pending = this.pending.filter(one => one !== operation)
        await AsyncStorage.setItem('pending-ops', JSON.stringify(this.pending))
      }
    } finally {
      this.isRunning = false
    }
  }
}
`,
})

add('the running promise is the lock', {
  'src/outbox.ts': `${imports}
let queue: Operation[] = []
let running: Promise<void> | undefined

export const start = async () => {
  queue = JSON.parse((await AsyncStorage.getItem('queue')) ?? '[]')
  NetInfo.addEventListener(() => void drain().catch(report))
}

export const enqueue = async (operation: Operation) => {
  queue = [...queue, operation]
  await AsyncStorage.setItem('queue', JSON.stringify(queue))
  drain().catch(report)
}

export function drain() {
  if (running) return running
  running = run().finally(() => {
    running = undefined
  })
  return running
}

async function run() {
  while (queue.length > 0) {
    const operation = queue[0]
    const outcome = await send(operation)
    if (outcome === 'retry') {
      setTimeout(drain, backoff(operation))
      return
    }
    queue = queue.slice(1)
    await AsyncStorage.setItem('queue', JSON.stringify(queue))
  }
}

async function send(operation: Operation) {
  try {
    const response = await fetch('/ops', { method: 'POST', body: JSON.stringify(operation), signal: timeout(20_000) })
    return response.status < 500 ? 'done' : 'retry'
  } catch {
    return 'retry'
  }
}
`,
})

add('a store of zustand with the persist middleware', {
  'src/store.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { api } from './api'

export const useSync = create(
  persist(
    (set, get) => ({
      pending: [],
      isSyncing: false,
      add: operation => set(state => ({ pending: [...state.pending, operation] })),
      sync: async () => {
        if (get().isSyncing) return
        set({ isSyncing: true })
        try {
          for (const operation of get().pending) {
            await api.post('/operations', operation)
            set(state => ({ pending: state.pending.filter(one => one.id !== operation.id) }))
          }
        } finally {
          set({ isSyncing: false })
        }
      },
    }),
    { name: 'sync', storage: createJSONStorage(() => AsyncStorage) },
  ),
)
`,
  'src/api.ts': `import axios from 'axios'
export const api = axios.create({ baseURL: '/api', timeout: 15_000 })
`,
  'src/App.tsx': `import NetInfo from '@react-native-community/netinfo'
import { useSync } from './store'
NetInfo.addEventListener(state => {
  if (state.isConnected) useSync.getState().sync().catch(report)
})
`,
})

add('redux-offline', {
  'src/store.ts': `import { offline } from '@redux-offline/redux-offline'
import config from '@redux-offline/redux-offline/lib/config'
export const store = createStore(reducer, undefined, offline(config))
export const addNote = note => ({
  type: 'ADD_NOTE',
  payload: note,
  meta: { offline: { effect: { url: '/notes', method: 'POST', json: note }, commit: { type: 'DONE' } } },
})
`,
})

add('TanStack Query with defaults', {
  'src/client.ts': `import { onlineManager, QueryClient } from '@tanstack/react-query'
import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister'
import { persistQueryClient } from '@tanstack/react-query-persist-client'
import NetInfo from '@react-native-community/netinfo'

onlineManager.setEventListener(setOnline => NetInfo.addEventListener(state => setOnline(!!state.isConnected)))
export const client = new QueryClient()
client.setMutationDefaults(['add'], { mutationFn: addNote, retry: 3 })
persistQueryClient({ queryClient: client, persister: createAsyncStoragePersister({ storage }) })
client.resumePausedMutations().then(() => client.invalidateQueries())
`,
  'src/use-add.ts': `import { useMutation } from '@tanstack/react-query'
export const useAdd = () => useMutation({ mutationKey: ['add'] })
`,
})

add('a listener in another file, by a store action', {
  'src/queue.ts': `${imports}
class Queue {
  items: Operation[] = []

  async hydrate() {
    this.items = JSON.parse((await AsyncStorage.getItem('items')) ?? '[]')
  }

  async enqueue(operation: Operation) {
    this.items.push(operation)
    await AsyncStorage.setItem('items', JSON.stringify(this.items))
    await this.flush()
  }

  async flush() {
    const { isConnected } = await NetInfo.fetch()
    if (isConnected === false) return
    for (const operation of [...this.items]) {
      try {
        await fetch('/ops', { method: 'POST', body: JSON.stringify(operation), signal: AbortSignal.timeout(5000) })
        this.items.shift()
        await AsyncStorage.setItem('items', JSON.stringify(this.items))
      } catch (error) {
        console.warn(error)
        break
      }
    }
  }
}
export const queue = new Queue()
`,
  'src/actions.ts': `import { queue } from './queue'
export const resumeSync = () => queue.flush()
`,
  'src/use-network.ts': `import NetInfo from '@react-native-community/netinfo'
import { resumeSync } from './actions'
export const watchNetwork = () => NetInfo.addEventListener(state => state.isConnected && resumeSync())
`,
})

add('a caller that waits longer each time', {
  'src/sync.ts': `${imports}
let outbox: Operation[] = []

export async function loadOutbox() {
  outbox = JSON.parse((await AsyncStorage.getItem('outbox')) ?? '[]')
}

export async function addToOutbox(operation: Operation) {
  outbox.push(operation)
  await AsyncStorage.setItem('outbox', JSON.stringify(outbox))
}

export async function drainOutbox(): Promise<boolean> {
  for (const operation of [...outbox]) {
    try {
      await send(operation)
      outbox.shift()
      await AsyncStorage.setItem('outbox', JSON.stringify(outbox))
    } catch {
      return false
    }
  }
  return true
}

async function send(operation: Operation) {
  await fetch('/ops', { method: 'POST', body: JSON.stringify(operation), signal: AbortSignal.timeout(5000) })
}
`,
  'src/background.ts': `import { drainOutbox } from './sync'
let attempt = 0
export async function tick() {
  const done = await drainOutbox()
  attempt = done ? 0 : attempt + 1
  setTimeout(tick, Math.random() * 1000 * 2 ** attempt)
}
`,
})

add('a list of screens that is called a queue', {
  'src/toasts.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
class ToastQueue {
  private queue: Toast[] = []
  private isShowing = false
  async show(toast: Toast) {
    this.queue.push(toast)
    if (this.isShowing) return
    await AsyncStorage.setItem('last-toast', toast.text)
    this.isShowing = true
    while (this.queue.length > 0) await present(this.queue.shift())
    this.isShowing = false
  }
}
`,
})

add('uploads that are not kept', {
  'src/uploads.ts': `const queue = []
let busy = false
export async function upload(file) {
  queue.push(file)
  if (busy) return
  await prepare()
  busy = true
  while (queue.length > 0) await fetch('/files', { method: 'POST', body: queue.shift() })
  busy = false
}
`,
})

add('retries that only feed the delay, and a dead letter', {
  'src/outbox.ts': `${imports}
export class MutationQueue {
  private queue: Mutation[] = []
  private busy = false

  constructor(private readonly store: Store) {
    NetInfo.addEventListener(() => this.run().catch(report))
  }

  async load() {
    this.queue = await this.store.readAll()
  }

  async push(mutation: Mutation) {
    this.queue.push({ ...mutation, key: randomUUID() })
    await AsyncStorage.setItem('mutations', JSON.stringify(this.queue))
    this.run().catch(report)
  }

  private async run() {
    if (this.busy) return
    this.busy = true
    try {
      while (this.queue.length > 0) {
        const head = this.queue[0]
        try {
          await this.send(head)
          this.queue.shift()
        } catch (error) {
          head.attempts++
          if (head.attempts > 10) {
            await this.store.saveDeadLetter(head, error)
            this.queue.shift()
          }
          await wait(Math.random() * 2 ** head.attempts * 1000)
        }
        await AsyncStorage.setItem('mutations', JSON.stringify(this.queue))
      }
    } finally {
      this.busy = false
    }
  }

  private async send(mutation: Mutation) {
    const response = await fetch('/mutations', {
      method: 'POST',
      headers: { 'Idempotency-Key': mutation.key, 'Content-Type': 'application/json' },
      body: JSON.stringify(mutation.body),
      signal: AbortSignal.timeout(30_000),
    })
    if (response.status === 409) return
    if (!response.ok) throw new HttpError(response)
  }
}
`,
})

add('a hook with refs', {
  'src/use-offline-queue.ts': `${imports}
import { useCallback, useEffect, useRef } from 'react'
import { useNetInfo } from '@react-native-community/netinfo'

export function useOfflineQueue() {
  const queueRef = useRef<Operation[]>([])
  const busyRef = useRef(false)
  const { isConnected } = useNetInfo()

  useEffect(() => {
    AsyncStorage.getItem('ops').then(stored => {
      queueRef.current = stored ? JSON.parse(stored) : []
    })
  }, [])

  const flush = useCallback(async () => {
    if (busyRef.current) return
    busyRef.current = true
    try {
      while (queueRef.current.length > 0) {
        await fetch('/ops', {
          method: 'POST',
          body: JSON.stringify(queueRef.current[0]),
          signal: AbortSignal.timeout(10_000),
        })
        queueRef.current.shift()
        await AsyncStorage.setItem('ops', JSON.stringify(queueRef.current))
      }
    } finally {
      busyRef.current = false
    }
  }, [])

  useEffect(() => {
    if (isConnected) flush().catch(report)
  }, [isConnected, flush])

  const enqueue = useCallback(async (operation: Operation) => {
    queueRef.current.push(operation)
    await AsyncStorage.setItem('ops', JSON.stringify(queueRef.current))
    await flush()
  }, [flush])

  return { enqueue }
}
`,
})

add('a table as outbox', {
  'src/outbox.ts': `import NetInfo from '@react-native-community/netinfo'
import { db } from './db'

let isDraining = false

export async function enqueue(operation) {
  await db.runAsync('INSERT INTO outbox (id, type, payload) VALUES (?, ?, ?)', operation.id, operation.type, operation.payload)
  drain().catch(report)
}

export async function drain() {
  if (isDraining) return
  isDraining = true
  try {
    const rows = await db.getAllAsync("SELECT * FROM outbox WHERE state = 'pending' ORDER BY seq")
    for (const row of rows) {
      try {
        await send(row)
        await db.runAsync('DELETE FROM outbox WHERE id = ?', row.id)
      } catch (error) {
        const isFinal = error.status >= 400 && error.status < 500
        if (isFinal) await db.runAsync("UPDATE outbox SET state = 'dead', last_error = ? WHERE id = ?", String(error), row.id)
        else await db.runAsync('UPDATE outbox SET attempts = attempts + 1, next_at = ? WHERE id = ?', nextAt(row), row.id)
      }
    }
  } finally {
    isDraining = false
  }
}

async function send(row) {
  const response = await fetch('/operations', {
    method: 'POST',
    headers: { 'Idempotency-Key': row.id },
    body: row.payload,
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw Object.assign(new Error(), { status: response.status })
}

NetInfo.addEventListener(() => drain().catch(report))
`,
})

add('an injected transport', {
  'src/outbox.ts': `${imports}
export class Outbox {
  private queue: Operation[] = []
  private running = false
  constructor(private readonly transport: Transport) {}

  async enqueue(operation: Operation) {
    this.queue.push(operation)
    await AsyncStorage.setItem('q', JSON.stringify(this.queue))
    this.drain()
  }

  private async drain() {
    if (this.running) return
    await NetInfo.fetch()
    this.running = true
    for (const operation of this.queue) await this.transport.deliver(operation)
    this.running = false
  }
}
`,
})

add('a client that adds key and time limit', {
  'src/http.ts': `import axios from 'axios'
export const http = axios.create({ baseURL: '/api' })
http.interceptors.request.use(config => ({ ...config, timeout: 10_000, headers: { ...config.headers, 'X-Key': key(config) } }))
`,
  'src/outbox.ts': `${imports}
import { http } from './http'
let queue: Operation[] = []
export const restore = async () => {
  queue = JSON.parse((await AsyncStorage.getItem('q')) ?? '[]')
}
export async function enqueue(operation: Operation) {
  queue.push(operation)
  await AsyncStorage.setItem('q', JSON.stringify(queue))
  await flush()
}
export async function flush() {
  for (const operation of [...queue]) {
    await http.post('/notes', operation.payload)
    await http.put(\`/notes/\${encodeURIComponent(operation.payload.id)}\`, operation.payload)
    queue.shift()
    await AsyncStorage.setItem('q', JSON.stringify(queue))
  }
}
`,
})

add('records with ids of their own are put', {
  'src/outbox.ts': `${imports}
const OPS = 'ops'
let ops: Operation[] = []
export async function restore() {
  ops = JSON.parse((await AsyncStorage.getItem(OPS)) ?? '[]')
}
export async function save(note: Note) {
  ops.push({ id: randomUUID(), payload: note, version: note.version })
  await AsyncStorage.setItem(OPS, JSON.stringify(ops))
}
export async function push() {
  for (const op of [...ops]) {
    await fetch(\`/notes/\${encodeURIComponent(op.payload.id)}\`, {
      method: 'PUT',
      headers: { 'If-Match': op.version },
      body: JSON.stringify(op.payload),
      signal: AbortSignal.timeout(10_000),
    })
    ops.shift()
    await AsyncStorage.setItem(OPS, JSON.stringify(ops))
  }
}
setInterval(() => push().catch(report), 60_000 * (1 + Math.random()))
`,
})

add('times that are shown, and ages', {
  'src/cache.ts': `export function isFresh(remote) {
  return Date.now() - remote.updatedAt < 60_000
}
export function label(local, remote) {
  return local.title > remote.title ? local.title : new Date(remote.updatedAt).toLocaleString()
}
export const nextAt = pending => Date.now() + 1000 * 2 ** pending.attempts
export const sorted = pending => pending.sort((a, b) => a.createdAt - b.createdAt)
export const mark = note => ({ ...note, updatedAt: Date.now() })
`,
})

/** A plain queue of a module: `flush` is what differs. */
const moduleQueue = (flush: string, more = '') => `${imports}
let queue: Operation[] = []
let isBusy = false
export const restoreQueue = async () => {
  queue = JSON.parse((await AsyncStorage.getItem('queue')) ?? '[]')
}
export const enqueue = async (operation: Operation) => {
  queue.push(operation)
  await AsyncStorage.setItem('queue', JSON.stringify(queue))
  await flush()
}
${flush}
${more}`

const sendAll = `  for (const operation of [...queue]) {
    await fetch('/ops', { method: 'POST', body: JSON.stringify(operation), signal: AbortSignal.timeout(5000) })
    queue.shift()
    await AsyncStorage.setItem('queue', JSON.stringify(queue))
  }`

add('a spinner that is no lock', {
  'src/queue.ts': moduleQueue(`export const flush = async () => {
  setSpinner(true)
${sendAll}
  setSpinner(false)
}
let spinner = false
const setSpinner = (on: boolean) => (spinner = on)
export const isSpinning = () => spinner
`),
})

add('something that is done once', {
  'src/queue.ts': moduleQueue(`let isReady = false
export const reset = () => {
  isReady = false
}
export const flush = async () => {
  if (!isReady) {
    await restoreQueue()
    isReady = true
  }
${sendAll}
}
`),
})

add('a helper with a time limit around fetch', {
  'src/queue.ts': moduleQueue(`export const flush = async () => {
  for (const operation of [...queue]) {
    await withTimeout(fetch('/ops', { method: 'POST', body: JSON.stringify(operation) }), 10_000)
    queue.shift()
    await AsyncStorage.setItem('queue', JSON.stringify(queue))
  }
}
`),
})

const gatedFlush = `export const flush = async () => {
  const state = await NetInfo.fetch()
  if (state.isConnected === false) return
  for (const operation of [...queue]) {
    try {
      await fetch('/ops', { method: 'POST', body: JSON.stringify(operation), signal: AbortSignal.timeout(5000) })
      queue.shift()
      await AsyncStorage.setItem('queue', JSON.stringify(queue))
    } catch (error) {
      console.warn(error)
      return
    }
  }
}
`

add('a task in the background starts it', {
  'src/queue.ts': moduleQueue(gatedFlush),
  'src/task.ts': `import * as BackgroundTask from 'expo-background-task'
import * as TaskManager from 'expo-task-manager'
import { flush } from './queue'
TaskManager.defineTask('sync', flush)
BackgroundTask.registerTaskAsync('sync')
`,
})

add('a component hands it to a listener by a prop', {
  'src/queue.ts': moduleQueue(gatedFlush),
  'src/App.tsx': `import { flush } from './queue'
export const App = () => <NetworkWatcher onOnline={flush} />
`,
})

add('an emitter tells of the network', {
  'src/queue.ts': moduleQueue(gatedFlush, "DeviceEventEmitter.addListener('online', flush)\n"),
})

add('a hook that runs it at intervals', {
  'src/queue.ts': moduleQueue(gatedFlush),
  'src/use-sync.ts': `import { useEffect } from 'react'
import { flush } from './queue'
export const useSync = () =>
  useEffect(() => {
    const timer = setInterval(() => flush().catch(report), 30_000)
    return () => clearInterval(timer)
  }, [])
`,
})

add('a file in CommonJS', {
  'src/queue.js': `const AsyncStorage = require('@react-native-async-storage/async-storage').default
const NetInfo = require('@react-native-community/netinfo').default
let outbox = []
const start = async () => {
  outbox = JSON.parse((await AsyncStorage.getItem('outbox')) || '[]')
  NetInfo.addEventListener(() => flush().catch(console.error))
}
const add = async operation => {
  outbox.push(operation)
  await AsyncStorage.setItem('outbox', JSON.stringify(outbox))
}
async function flush() {
  for (const operation of outbox.slice()) {
    await fetch('/ops', { method: 'POST', body: JSON.stringify(operation), signal: timeoutSignal() })
    outbox.shift()
    await AsyncStorage.setItem('outbox', JSON.stringify(outbox))
  }
}
module.exports = { start, add, flush }
`,
})

add('what else the file stores is not the queue', {
  'src/sync.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
const pending = []
export const plan = job => pending.push(job)
export async function run() {
  for (const job of pending.splice(0)) await fetch('/jobs', { method: 'POST', body: JSON.stringify(job) })
  await AsyncStorage.setItem('last-run', String(Date.now()))
}
`,
})

add('a slice of redux toolkit that is persisted', {
  'src/slice.ts': `import { createAsyncThunk, createSlice } from '@reduxjs/toolkit'
import { persistReducer } from 'redux-persist'
import AsyncStorage from '@react-native-async-storage/async-storage'
import axios from 'axios'

export const flush = createAsyncThunk('sync/flush', async (_, { getState, dispatch }) => {
  const { pending } = getState().sync
  for (const operation of pending) {
    await axios.post('/operations', operation, { timeout: 10_000 })
    dispatch(slice.actions.done(operation.id))
  }
})
const slice = createSlice({
  name: 'sync',
  initialState: { pending: [] },
  reducers: {
    add: (state, action) => {
      state.pending.push(action.payload)
    },
    done: (state, action) => {
      state.pending = state.pending.filter(one => one.id !== action.payload)
    },
  },
})
export const reducer = persistReducer({ key: 'sync', storage: AsyncStorage }, slice.reducer)
`,
  'src/listen.ts': `import NetInfo from '@react-native-community/netinfo'
import { flush } from './slice'
NetInfo.addEventListener(state => state.isConnected && store.dispatch(flush()))
`,
})

add('a table of Realm as outbox', {
  'src/outbox.ts': `import NetInfo from '@react-native-community/netinfo'
export class Outbox {
  private isRunning = false
  constructor(private readonly realm: Realm) {
    NetInfo.addEventListener(() => this.drain().catch(report))
  }
  add(operation: Operation) {
    this.realm.write(() => this.realm.create('OutboxOp', { ...operation, _id: new BSON.UUID() }))
    this.drain().catch(report)
  }
  private async drain() {
    if (this.isRunning) return
    this.isRunning = true
    try {
      for (const operation of this.realm.objects('OutboxOp').snapshot()) {
        await fetch('/ops', {
          method: 'POST',
          headers: { 'Idempotency-Key': operation._id.toString() },
          body: operation.payload,
          signal: AbortSignal.timeout(5000),
        })
        this.realm.write(() => this.realm.delete(operation))
      }
    } finally {
      this.isRunning = false
    }
  }
}
`,
})

add('a mutation link with its own test, and a queue of Apollo', {
  'src/apollo.ts': `import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, split } from '@apollo/client'
import { RetryLink } from '@apollo/client/link/retry'
import { getMainDefinition } from '@apollo/client/utilities'
const retry = new RetryLink({ attempts: { retryIf: (error, operation) => !!error && isQuery(operation) } })
export const client = new ApolloClient({ link: retry.concat(new HttpLink({ uri: '/graphql' })), cache: new InMemoryCache() })
export const add = note => client.mutate({ mutation: ADD, variables: { note } })
`,
})

add('versions of the server decide', {
  'src/resolve.ts': `export function resolve(local, remote) {
  if (remote.version > local.version) return remote
  if (local.updatedAt > remote.updatedAt && local.clock > remote.clock) return { ...local, shownAt: Date.now() }
  return remote
}
`,
})
