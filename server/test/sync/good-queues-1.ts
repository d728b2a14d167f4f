// Queues with nothing wrong, the first half: classes, modules and hooks. No rule may speak of them.

/** Small apps by what is special about them. */
export const queuesOfClasses: Readonly<Record<string, Readonly<Record<string, string>>>> = {}

const add = (name: string, files: Readonly<Record<string, string>>) =>
  Object.assign(queuesOfClasses as Record<string, unknown>, { [name]: files })

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
