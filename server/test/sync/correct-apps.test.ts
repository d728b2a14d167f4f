// Correct apps as people write them: no rule may find anything in them.
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of sync', () => {
  it('a queue in MMKV with a drain under a flag', () =>
    expectNoFindings(
      {
        'src/offline-queue.ts': `import NetInfo from '@react-native-community/netinfo'
import * as Crypto from 'expo-crypto'
import { createMMKV } from 'react-native-mmkv'

interface QueuedRequest {
  id: string
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: string
  attempts: number
}

const storage = createMMKV({ id: 'offline-queue' })
const KEY = 'requests'
const MAX_DELAY = 5 * 60_000

let draining = false
let timer: ReturnType<typeof setTimeout> | undefined

const load = (): QueuedRequest[] => JSON.parse(storage.getString(KEY) ?? '[]')
const save = (queue: QueuedRequest[]) => storage.set(KEY, JSON.stringify(queue))

export function enqueue(method: QueuedRequest['method'], path: string, body?: object) {
  save([...load(), { id: Crypto.randomUUID(), method, path, body: body && JSON.stringify(body), attempts: 0 }])
  drain().catch(console.error)
}

export async function drain() {
  if (draining) return
  draining = true
  try {
    let [next] = load()
    while (next) {
      const outcome = await send(next)
      if (outcome === 'retry') {
        const attempts = next.attempts + 1
        save(load().map(one => (one.id === next.id ? { ...one, attempts } : one)))
        later(attempts)
        return
      }
      if (outcome === 'rejected') moveToFailed(next)
      save(load().filter(one => one.id !== next.id))
      ;[next] = load()
    }
  } finally {
    draining = false
  }
}

function later(attempts: number) {
  clearTimeout(timer)
  const delay = Math.min(MAX_DELAY, 1000 * 2 ** attempts) * (0.5 + Math.random() / 2)
  timer = setTimeout(() => drain().catch(console.error), delay)
}

async function send(request: QueuedRequest): Promise<'done' | 'retry' | 'rejected'> {
  try {
    const response = await fetch(\`https://api.example.com\${request.path}\`, {
      method: request.method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': request.id },
      body: request.body,
      signal: AbortSignal.timeout(15_000),
    })
    if (response.ok) return 'done'
    return response.status === 429 || response.status >= 500 ? 'retry' : 'rejected'
  } catch {
    return 'retry'
  }
}

function moveToFailed(request: QueuedRequest) {
  const failed: QueuedRequest[] = JSON.parse(storage.getString('failed') ?? '[]')
  storage.set('failed', JSON.stringify([...failed, request].slice(-50)))
}

NetInfo.addEventListener(state => {
  if (state.isConnected !== false && state.isInternetReachable !== false) drain().catch(console.error)
})
`,
      },
      { 'react-native-mmkv': '4.3.2', '@react-native-community/netinfo': '11.4.1' },
    ))

  it('an outbox table in SQLite', () =>
    expectNoFindings(
      {
        'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

db.execSync(\`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS tasks (id TEXT PRIMARY KEY, title TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    op_id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL DEFAULT 0,
    failed_with TEXT
  );
\`)
`,
        'src/tasks.ts': `import { randomUUID } from 'expo-crypto'
import { db } from './db'
import { sync } from './sync'

export async function addTask(title: string) {
  const id = randomUUID()
  await db.withExclusiveTransactionAsync(async txn => {
    await txn.runAsync('INSERT INTO tasks (id, title) VALUES (?, ?)', id, title)
    await txn.runAsync('INSERT INTO outbox (op_id, type, payload) VALUES (?, ?, ?)', [
      randomUUID(),
      'task.create',
      JSON.stringify({ id, title }),
    ])
  })
  sync().catch(console.error)
}
`,
        'src/sync.ts': `import NetInfo from '@react-native-community/netinfo'
import axios, { isAxiosError } from 'axios'
import { AppState } from 'react-native'
import { db } from './db'

interface OutboxRow {
  seq: number
  op_id: string
  type: string
  payload: string
  attempts: number
}

const api = axios.create({ baseURL: 'https://api.example.com', timeout: 20_000 })

let current: Promise<void> | null = null

export function sync(): Promise<void> {
  current ??= run().finally(() => {
    current = null
  })
  return current
}

async function run() {
  for (;;) {
    const row = await db.getFirstAsync<OutboxRow>(
      'SELECT * FROM outbox WHERE failed_with IS NULL AND next_at <= ? ORDER BY seq LIMIT 1',
      Date.now(),
    )
    if (!row) return
    try {
      await perform(row)
      await db.runAsync('DELETE FROM outbox WHERE seq = ?', row.seq)
    } catch (error) {
      if (isPermanent(error)) {
        await db.runAsync('UPDATE outbox SET failed_with = ? WHERE seq = ?', String(error), row.seq)
        continue
      }
      const delay = Math.min(300_000, 2 ** row.attempts * 1000) + Math.random() * 1000
      await db.runAsync('UPDATE outbox SET attempts = attempts + 1, next_at = ? WHERE seq = ?', Date.now() + delay, row.seq)
      return
    }
  }
}

async function perform(row: OutboxRow) {
  const payload = JSON.parse(row.payload)
  const config = { headers: { 'Idempotency-Key': row.op_id } }
  switch (row.type) {
    case 'task.create':
      return api.post('/tasks', payload, config)
    case 'task.rename':
      return api.patch(\`/tasks/\${encodeURIComponent(payload.id)}\`, { title: payload.title }, config)
    case 'task.delete':
      return api.delete(\`/tasks/\${encodeURIComponent(payload.id)}\`, config)
    default:
      throw new UnknownOperation(row.type)
  }
}

class UnknownOperation extends Error {}

function isPermanent(error: unknown) {
  if (error instanceof UnknownOperation) return true
  if (!isAxiosError(error) || !error.response) return false
  const { status } = error.response
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

export function startSync() {
  const stopNet = NetInfo.addEventListener(({ isConnected }) => {
    if (isConnected !== false) void sync().catch(console.error)
  })
  const subscription = AppState.addEventListener('change', state => {
    if (state === 'active') void sync().catch(console.error)
  })
  const timer = setInterval(() => void sync().catch(console.error), 60_000)
  return () => {
    stopNet()
    subscription.remove()
    clearInterval(timer)
  }
}
`,
      },
      { 'expo-sqlite': '57.0.3', '@react-native-community/netinfo': '11.4.1' },
    ))

  it('TanStack Query with mutations that survive a restart', () =>
    expectNoFindings(
      {
        'src/query-client.tsx': `import AsyncStorage from '@react-native-async-storage/async-storage'
import NetInfo from '@react-native-community/netinfo'
import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister'
import { focusManager, MutationCache, onlineManager, QueryClient } from '@tanstack/react-query'
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client'
import { AppState, Platform } from 'react-native'
import * as api from './api'

onlineManager.setEventListener(setOnline =>
  NetInfo.addEventListener(state => {
    setOnline(state.isConnected !== false)
  }),
)

AppState.addEventListener('change', status => {
  if (Platform.OS !== 'web') focusManager.setFocused(status === 'active')
})

export const queryClient = new QueryClient({
  defaultOptions: { queries: { gcTime: 1000 * 60 * 60 * 24, staleTime: 2000, retry: 2 } },
  mutationCache: new MutationCache({ onError: error => console.warn(error.message) }),
})

queryClient.setMutationDefaults(['movies', 'comment'], {
  mutationFn: async ({ id, comment, key }: { id: string; comment: string; key: string }) => {
    await queryClient.cancelQueries({ queryKey: ['movies', id] })
    return api.updateMovie(id, comment, key)
  },
})

const persister = createAsyncStoragePersister({ storage: AsyncStorage, throttleTime: 1000 })

export const Root = ({ children }) => (
  <PersistQueryClientProvider
    client={queryClient}
    persistOptions={{ persister, maxAge: 1000 * 60 * 60 * 24 }}
    onSuccess={() => {
      queryClient.resumePausedMutations().then(() => queryClient.invalidateQueries())
    }}
  >
    {children}
  </PersistQueryClientProvider>
)
`,
        'src/api.ts': `export async function updateMovie(id: string, comment: string, key: string) {
  const response = await fetch(\`https://example.com/movies/\${encodeURIComponent(id)}\`, {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: JSON.stringify({ comment }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(\`Status \${response.status}\`)
  return response.json()
}
`,
        'src/useComment.ts': `import { useMutation, useQueryClient } from '@tanstack/react-query'
import { randomUUID } from 'expo-crypto'

export function useComment(id: string) {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationKey: ['movies', 'comment'],
    onMutate: async ({ comment }: { id: string; comment: string; key: string }) => {
      await client.cancelQueries({ queryKey: ['movies', id] })
      const previous = client.getQueryData(['movies', id])
      client.setQueryData(['movies', id], (old: object) => ({ ...old, comment }))
      return { previous }
    },
    onError: (_error, _variables, context) => client.setQueryData(['movies', id], context?.previous),
    onSettled: () => client.invalidateQueries({ queryKey: ['movies', id] }),
  })
  return (comment: string) => mutation.mutate({ id, comment, key: randomUUID() })
}
`,
      },
      { '@tanstack/react-query': '5.80.0' },
    ))

  it('TanStack Query without any storage', () =>
    expectNoFindings(
      {
        'src/App.tsx': `import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query'

const client = new QueryClient({ defaultOptions: { mutations: { networkMode: 'offlineFirst', retry: 1 } } })

export const App = () => (
  <QueryClientProvider client={client}>
    <List />
  </QueryClientProvider>
)

function List() {
  const { data } = useQuery({ queryKey: ['list'], queryFn: () => fetch('/list').then(response => response.json()) })
  const { mutate } = useMutation({
    mutationFn: (title: string) => fetch('/list', { method: 'POST', body: JSON.stringify({ title }) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['list'] }),
  })
  return <Button title={data?.title} onPress={() => mutate('new')} />
}
`,
      },
      { '@tanstack/react-query': '5.80.0' },
    ))

  it('Apollo with retries of queries alone and a cache that is kept', () =>
    expectNoFindings(
      {
        'src/apollo.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { ApolloClient, ApolloLink, from, HttpLink, InMemoryCache } from '@apollo/client'
import { onError } from '@apollo/client/link/error'
import { setContext } from '@apollo/client/link/context'
import { RetryLink } from '@apollo/client/link/retry'
import { getMainDefinition } from '@apollo/client/utilities'
import { AsyncStorageWrapper, CachePersistor } from 'apollo3-cache-persist'

const retryLink = new RetryLink({
  delay: { initial: 300, max: 10_000, jitter: true },
  attempts: {
    max: 5,
    retryIf: (error, operation) => {
      const definition = getMainDefinition(operation.query)
      const isMutation = definition.kind === 'OperationDefinition' && definition.operation === 'mutation'
      return !!error && !isMutation
    },
  },
})

const authLink = setContext(async (_, { headers }) => ({
  headers: { ...headers, authorization: \`Bearer \${await AsyncStorage.getItem('token')}\` },
}))

const errorLink = onError(({ graphQLErrors, networkError }) => {
  graphQLErrors?.forEach(({ message }) => console.log(message))
  if (networkError) console.log(networkError)
})

export async function createClient() {
  const cache = new InMemoryCache({ typePolicies: { Query: { fields: { notes: { merge: false } } } } })
  const persistor = new CachePersistor({ cache, storage: new AsyncStorageWrapper(AsyncStorage) })
  await persistor.restore()
  return new ApolloClient({ cache, link: from([errorLink, retryLink, authLink, new HttpLink({ uri: '/graphql' })]) })
}
`,
      },
      { '@apollo/client': '3.13.0', 'apollo3-cache-persist': '0.15.0' },
    ))

  it('a hook that shows whether the phone is offline', () =>
    expectNoFindings(
      {
        'src/useOnline.tsx': `import NetInfo, { useNetInfo } from '@react-native-community/netinfo'
import { useEffect, useState } from 'react'

export function useOnline() {
  const [online, setOnline] = useState(true)
  useEffect(() => NetInfo.addEventListener(state => setOnline(!!state.isConnected)), [])
  return online
}

export function OfflineBanner() {
  const { isConnected } = useNetInfo()
  if (isConnected !== false) return null
  return <Banner text="You are offline" />
}

export async function uploadNow(file: string) {
  const { isConnected } = await NetInfo.fetch()
  if (!isConnected) {
    alert('No network')
    return
  }
  await fetch('/upload', { method: 'POST', body: file })
}
`,
      },
      { '@react-native-community/netinfo': '11.4.1' },
    ))

  it('queues that have nothing to do with a server', () =>
    expectNoFindings(
      {
        'src/toasts.ts': `import { Animated } from 'react-native'

interface Toast {
  id: number
  text: string
}

const queue: Toast[] = []
let isShowing = false
let nextId = 1

export function show(text: string) {
  queue.push({ id: nextId++, text })
  next()
}

async function next() {
  if (isShowing) return
  const toast = queue.shift()
  if (!toast) return
  isShowing = true
  await animate(toast)
  isShowing = false
  next()
}

const animate = (toast: Toast) => new Promise<void>(resolve => Animated.timing(toast as never, {} as never).start(() => resolve()))
`,
        'src/player.ts': `import TrackPlayer from 'react-native-track-player'

export const pending: string[] = []

export async function playAll(urls: string[]) {
  const queue = await TrackPlayer.getQueue()
  await TrackPlayer.add(urls.filter(url => !queue.some(track => track.url === url)).map(url => ({ url })))
  await TrackPlayer.play()
}
`,
        'src/refresh.ts': `import axios from 'axios'

const api = axios.create({ baseURL: '/api' })
let isRefreshing = false
let failedQueue: { resolve: (token: string) => void; reject: (error: unknown) => void }[] = []

const processQueue = (error: unknown, token: string | null) => {
  for (const { resolve, reject } of failedQueue) {
    if (error) reject(error)
    else resolve(token!)
  }
  failedQueue = []
}

api.interceptors.response.use(undefined, async error => {
  const original = error.config
  if (error.response?.status !== 401 || original._retry) throw error
  if (isRefreshing) {
    return new Promise<string>((resolve, reject) => failedQueue.push({ resolve, reject })).then(token => {
      original.headers.Authorization = \`Bearer \${token}\`
      return api(original)
    })
  }
  original._retry = true
  isRefreshing = true
  try {
    const { data } = await axios.post('/api/refresh')
    processQueue(null, data.token)
    return api(original)
  } catch (refreshError) {
    processQueue(refreshError, null)
    throw refreshError
  } finally {
    isRefreshing = false
  }
})
`,
      },
      { '@react-native-community/netinfo': '11.4.1' },
    ))
})
