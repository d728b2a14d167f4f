// The persisted queue as it is copied from app to app, kept as people write it: the simulator must find its faults.
import type { Environment, LoadOp, Payload, QueueFactory } from '../../templates/queue-testing/queue-under-test.ts'

interface SyncOperation {
  id: string
  type: 'create' | 'update' | 'delete'
  entity: string
  payload: Payload & { readonly id: string }
  timestamp: number
  retryCount: number
}

export interface NaiveOptions {
  /** Loads the stored operations and starts to send when the process starts, which the queue as written does not. */
  readonly loadsAndKicks: boolean
}

export function naiveQueue(options: NaiveOptions): QueueFactory {
  return env => {
    const queue = createQueue(env)
    if (options.loadsAndKicks) queue.load().catch(() => undefined)
    return {
      enqueue: (op: LoadOp) =>
        queue.enqueue({ type: op.kind, entity: op.entity, payload: { ...op.payload, id: op.entityId } }),
      pending: () => queue.stored(),
      dead: () => queue.failures(),
    }
  }
}

function createQueue(env: Environment) {
  const uuid = () => String(env.rnd())
  // The answer comes from the native side, so it takes a moment.
  const NetInfo = {
    fetch: () =>
      new Promise<{ isConnected: boolean }>(resolve => {
        env.clock.set(Math.floor(env.rnd() * 20), () => resolve({ isConnected: env.isOnline() }))
      }),
  }
  const request = async (kind: LoadOp['kind'], url: string, payload: SyncOperation['payload']) => {
    const entity = url.split('/')[1] ?? ''
    const response = await env.send({ kind, entity, entityId: payload.id, payload })
    if (response.status >= 400) throw new Error(`Request failed with status code ${response.status}`)
  }
  const api = {
    post: (url: string, payload: SyncOperation['payload']) => request('create', url, payload),
    put: (url: string, payload: SyncOperation['payload']) => request('update', url, payload),
    delete: (url: string, payload: SyncOperation['payload']) => request('delete', url, payload),
  }

  class SyncQueue {
    private queue: SyncOperation[] = []
    private isProcessing = false

    async enqueue(operation: Omit<SyncOperation, 'id' | 'timestamp' | 'retryCount'>) {
      const op: SyncOperation = { ...operation, id: uuid(), timestamp: env.clock.now(), retryCount: 0 }
      this.queue.push(op)
      await this.persistQueue()
      // As written the promise floats; here its failure must not end the test run.
      this.processQueue().catch(() => undefined)
    }

    private async processQueue() {
      if (this.isProcessing || this.queue.length === 0) return

      const isOnline = await NetInfo.fetch().then(state => state.isConnected)
      if (!isOnline) return

      this.isProcessing = true

      while (this.queue.length > 0) {
        const operation = this.queue[0]!
        try {
          await this.executeOperation(operation)
          this.queue.shift()
          await this.persistQueue()
        } catch {
          operation.retryCount++
          if (operation.retryCount >= 3) {
            this.queue.shift()
            await this.logFailedOperation(operation)
          }
          break
        }
      }

      this.isProcessing = false
    }

    private async executeOperation(operation: SyncOperation) {
      switch (operation.type) {
        case 'create':
          return api.post(`/${operation.entity}`, operation.payload)
        case 'update':
          return api.put(`/${operation.entity}/${operation.payload.id}`, operation.payload)
        case 'delete':
          return api.delete(`/${operation.entity}/${operation.payload.id}`, operation.payload)
      }
    }

    private async persistQueue() {
      const text = JSON.stringify(this.queue)
      await env.write(() => env.files.set('queue', text))
    }

    private async logFailedOperation(operation: SyncOperation) {
      const failed = JSON.stringify([...(await this.failures()), operation.payload])
      await env.write(() => env.files.set('failed', failed))
    }

    async load() {
      this.queue = await this.read()
      await this.processQueue()
    }

    async stored(): Promise<Payload[]> {
      return (await this.read()).map(operation => operation.payload)
    }

    async failures(): Promise<Payload[]> {
      return JSON.parse((await env.read(() => env.files.get('failed'))) ?? '[]') as Payload[]
    }

    private async read(): Promise<SyncOperation[]> {
      return JSON.parse((await env.read(() => env.files.get('queue'))) ?? '[]') as SyncOperation[]
    }
  }
  return new SyncQueue()
}
