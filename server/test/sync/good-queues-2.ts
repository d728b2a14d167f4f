// Queues with nothing wrong, the second half: libraries, tables and what only looks like a queue. No rule may speak of them.

/** Small apps by what is special about them. */
export const queuesOfLibraries: Readonly<Record<string, Readonly<Record<string, string>>>> = {}

const add = (name: string, files: Readonly<Record<string, string>>) =>
  Object.assign(queuesOfLibraries as Record<string, unknown>, { [name]: files })

const imports = `import AsyncStorage from '@react-native-async-storage/async-storage'
import NetInfo from '@react-native-community/netinfo'
import { AppState } from 'react-native'
import { randomUUID } from 'expo-crypto'
`

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
