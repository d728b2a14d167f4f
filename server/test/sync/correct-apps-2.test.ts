// Correct apps as people write them: no rule may find anything in them (part 2).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of sync, part 2', () => {
  it('p-queue and uploads that the app shows', () =>
    expectNoFindings(
      {
        'src/uploads.ts': `import NetInfo from '@react-native-community/netinfo'
import PQueue from 'p-queue'
import * as FileSystem from 'expo-file-system'

const queue = new PQueue({ concurrency: 2, autoStart: true })

NetInfo.addEventListener(state => {
  if (state.isConnected === false) queue.pause()
  else queue.start()
})

export const upload = (uri: string, name: string) =>
  queue.add(() => FileSystem.uploadAsync(\`https://files.example.com/\${encodeURIComponent(name)}\`, uri, { httpMethod: 'PUT' }))

export const size = () => queue.size + queue.pending
`,
      },
      { '@react-native-community/netinfo': '11.4.1' },
    ))

  it('a store of zustand in MMKV whose queue is drained by a hook', () =>
    expectNoFindings(
      {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
import type { StateStorage } from 'zustand/middleware'

const mmkv = createMMKV({ id: 'outbox' })

export const storage: StateStorage = {
  getItem: name => mmkv.getString(name) ?? null,
  setItem: (name, value) => mmkv.set(name, value),
  removeItem: name => void mmkv.remove(name),
}
`,
        'src/outbox.ts': `import * as Crypto from 'expo-crypto'
import ky, { HTTPError } from 'ky'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { storage } from './storage'

export interface Operation {
  id: string
  type: 'like' | 'unlike'
  postId: string
  attempts: number
}

interface OutboxState {
  operations: Operation[]
  failed: Operation[]
  add: (type: Operation['type'], postId: string) => void
  done: (id: string) => void
  fail: (operation: Operation) => void
  bump: (id: string) => void
}

export const useOutbox = create<OutboxState>()(
  persist(
    set => ({
      operations: [],
      failed: [],
      add: (type, postId) =>
        set(state => ({ operations: [...state.operations, { id: Crypto.randomUUID(), type, postId, attempts: 0 }] })),
      done: id => set(state => ({ operations: state.operations.filter(one => one.id !== id) })),
      fail: operation =>
        set(state => ({
          operations: state.operations.filter(one => one.id !== operation.id),
          failed: [...state.failed, operation],
        })),
      bump: id =>
        set(state => ({
          operations: state.operations.map(one => (one.id === id ? { ...one, attempts: one.attempts + 1 } : one)),
        })),
    }),
    { name: 'outbox', storage: createJSONStorage(() => storage) },
  ),
)

const http = ky.create({ prefixUrl: 'https://api.example.com', timeout: 10_000, retry: 0 })

let running = false

export async function drainOutbox() {
  if (running) return
  running = true
  try {
    while (useOutbox.getState().operations.length > 0) {
      const operation = useOutbox.getState().operations[0]!
      try {
        await http.put(\`posts/\${encodeURIComponent(operation.postId)}/like\`, {
          json: { liked: operation.type === 'like' },
          headers: { 'Idempotency-Key': operation.id },
        })
        useOutbox.getState().done(operation.id)
      } catch (error) {
        if (error instanceof HTTPError && error.response.status >= 400 && error.response.status < 500) {
          useOutbox.getState().fail(operation)
          continue
        }
        useOutbox.getState().bump(operation.id)
        const wait = Math.min(60_000, 500 * 2 ** operation.attempts)
        setTimeout(() => drainOutbox().catch(console.error), wait + Math.random() * wait)
        return
      }
    }
  } finally {
    running = false
  }
}
`,
        'src/useOutboxSync.ts': `import NetInfo from '@react-native-community/netinfo'
import { useEffect } from 'react'
import { drainOutbox, useOutbox } from './outbox'

export function useOutboxSync() {
  const waiting = useOutbox(state => state.operations.length)
  useEffect(() => {
    if (waiting > 0) drainOutbox().catch(console.error)
  }, [waiting])
  useEffect(
    () =>
      NetInfo.addEventListener(state => {
        if (state.isConnected) drainOutbox().catch(console.error)
      }),
    [],
  )
}
`,
      },
      { 'react-native-mmkv': '4.3.2', zustand: '5.0.0' },
    ))

  it('pull and push of rows with a cursor and versions of the server', () =>
    expectNoFindings(
      {
        'src/pull.ts': `import * as SQLite from 'expo-sqlite'

const db = SQLite.openDatabaseSync('notes.db')

export const setup = () =>
  db.execAsync(\`
    CREATE TABLE IF NOT EXISTS notes (id TEXT PRIMARY KEY, body TEXT NOT NULL, version INTEGER NOT NULL, dirty INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE IF NOT EXISTS cursors (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  \`)

export async function pull() {
  const cursor = await db.getFirstAsync<{ value: string }>("SELECT value FROM cursors WHERE name = 'notes'")
  const response = await fetch(\`/changes?since=\${encodeURIComponent(cursor?.value ?? '')}\`, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(\`Pull failed with \${response.status}\`)
  const { changes, next } = await response.json()
  await db.withExclusiveTransactionAsync(async txn => {
    for (const change of changes) {
      await txn.runAsync(
        \`INSERT INTO notes (id, body, version) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body, version = excluded.version
         WHERE dirty = 0 AND excluded.version > notes.version\`,
        change.id,
        change.body,
        change.version,
      )
    }
    await txn.runAsync("INSERT OR REPLACE INTO cursors (name, value) VALUES ('notes', ?)", next)
  })
}

export async function push() {
  const dirty = await db.getAllAsync<{ id: string; body: string; version: number }>('SELECT * FROM notes WHERE dirty = 1')
  for (const note of dirty) {
    const response = await fetch(\`/notes/\${encodeURIComponent(note.id)}\`, {
      method: 'PUT',
      headers: { 'If-Match': String(note.version), 'Content-Type': 'application/json' },
      body: JSON.stringify({ body: note.body }),
      signal: AbortSignal.timeout(20_000),
    })
    if (response.status === 412) continue
    if (!response.ok) throw new Error(\`Push failed with \${response.status}\`)
    const { version } = await response.json()
    await db.runAsync('UPDATE notes SET version = ?, dirty = 0 WHERE id = ?', version, note.id)
  }
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('redux with a queue in a slice, in JavaScript', () =>
    expectNoFindings(
      {
        'src/offlineSlice.js': `import { createSlice, nanoid } from '@reduxjs/toolkit'

const offlineSlice = createSlice({
  name: 'offline',
  initialState: { queue: [], failed: [] },
  reducers: {
    enqueued: {
      reducer: (state, { payload }) => void state.queue.push(payload),
      prepare: request => ({ payload: { ...request, id: nanoid(), attempts: 0 } }),
    },
    sent: (state, { payload }) => {
      state.queue = state.queue.filter(one => one.id !== payload)
    },
    rejected: (state, { payload }) => {
      state.failed.push(payload)
      state.queue = state.queue.filter(one => one.id !== payload.id)
    },
  },
})

export const { enqueued, sent, rejected } = offlineSlice.actions
export default offlineSlice.reducer
`,
        'src/store.js': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { configureStore } from '@reduxjs/toolkit'
import { persistReducer, persistStore } from 'redux-persist'
import offline from './offlineSlice'

export const store = configureStore({ reducer: { offline: persistReducer({ key: 'offline', storage: AsyncStorage }, offline) } })
export const persistor = persistStore(store)
`,
        'src/flush.js': `import NetInfo from '@react-native-community/netinfo'
import axios from 'axios'
import { rejected, sent } from './offlineSlice'
import { store } from './store'

const client = axios.create({ baseURL: 'https://api.example.com', timeout: 15000 })
let busy = false

export async function flushQueue() {
  if (busy) return
  busy = true
  try {
    for (const request of store.getState().offline.queue) {
      try {
        await client.request({ ...request, headers: { 'Idempotency-Key': request.id } })
        store.dispatch(sent(request.id))
      } catch (error) {
        const status = error.response?.status
        if (status >= 400 && status < 500) {
          store.dispatch(rejected(request))
          continue
        }
        break
      }
    }
  } finally {
    busy = false
  }
}

export const listen = () =>
  NetInfo.addEventListener(({ isConnected, isInternetReachable }) => {
    if (isConnected && isInternetReachable !== false) flushQueue().catch(console.warn)
  })
`,
      },
      { '@react-native-community/netinfo': '11.4.1' },
    ))

  it('a background task with a queue in files', () =>
    expectNoFindings(
      {
        'src/queue.ts': `import NetInfo from '@react-native-community/netinfo'
import * as BackgroundTask from 'expo-background-task'
import { File, Paths } from 'expo-file-system'
import * as TaskManager from 'expo-task-manager'
import { v4 as uuid } from 'uuid'

interface Job {
  readonly key: string
  readonly url: string
  readonly body: string
}

const TASK = 'send-reports'
const file = new File(Paths.document, 'jobs.json')

let jobs: Job[] = file.exists ? JSON.parse(file.textSync()) : []
let flushing: Promise<void> | undefined

const persist = () => file.write(JSON.stringify(jobs))

export function addReport(report: object) {
  jobs = [...jobs, { key: uuid(), url: 'https://api.example.com/reports', body: JSON.stringify(report) }]
  persist()
  void flush().catch(console.error)
}

export const flush = (): Promise<void> => {
  if (!flushing) {
    flushing = sendAll().finally(() => {
      flushing = undefined
    })
  }
  return flushing
}

async function sendAll() {
  while (jobs.length > 0) {
    const [job] = jobs
    const response = await fetch(job.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Idempotency-Key': job.key },
      body: job.body,
      signal: AbortSignal.timeout(30_000),
    })
    if (response.status >= 500 || response.status === 429) return
    jobs = jobs.slice(1)
    persist()
  }
}

TaskManager.defineTask(TASK, async () => {
  try {
    await flush()
    return BackgroundTask.BackgroundTaskResult.Success
  } catch {
    return BackgroundTask.BackgroundTaskResult.Failed
  }
})

export const register = () => BackgroundTask.registerTaskAsync(TASK, { minimumInterval: 15 })

NetInfo.addEventListener(state => {
  if (state.isConnected !== false) void flush().catch(console.error)
})
`,
      },
      { '@react-native-community/netinfo': '11.4.1' },
    ))
})
