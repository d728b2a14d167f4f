// A queue with nothing wrong, of which the examples of rules change a part.

/** The parts of a queue, each as it stands in its class. What is not given is right. */
export interface QueueParts {
  readonly imports?: string
  readonly fields?: string
  readonly start?: string
  readonly enqueue?: string
  readonly drain?: string
  readonly failure?: string
  readonly send?: string
  readonly more?: string
}

const parts = {
  imports: '',
  fields: '',
  start: `  async start() {
    this.queue = JSON.parse((await AsyncStorage.getItem(KEY)) ?? '[]')
    NetInfo.addEventListener(() => this.drain().catch(console.error))
  }`,
  enqueue: `  async enqueue(operation: NewOperation) {
    this.queue.push({ ...operation, id: randomUUID(), retryCount: 0 })
    await this.persist()
    this.drain().catch(console.error)
  }`,
  failure: `        if (error.status === 422) {
          this.failed.push(this.queue.shift())
          continue
        }
        setTimeout(() => this.drain().catch(console.error), waitingTime(operation.retryCount++))
        break`,
  send: `  private async send(operation: Operation) {
    const response = await fetch(url(operation), {
      method: 'POST',
      headers: { 'Idempotency-Key': operation.id },
      body: JSON.stringify(operation.payload),
      signal: timeout(30_000),
    })
    if (!response.ok) throw new HttpError(response)
  }`,
  more: '',
}

const drainWith = (failure: string) => `  async drain() {
    if (this.isDraining) return
    this.isDraining = true
    try {
      while (this.queue.length > 0) {
        const operation = this.queue[0]
        try {
          await this.send(operation)
          this.queue.shift()
          await this.persist()
        } catch (error) {
${failure.replace(/^(?=.)/gm, '  ')}
        }
      }
    } finally {
      this.isDraining = false
    }
  }`

/** The file of the queue. */
export function exampleQueue(given: QueueParts): string {
  const { imports, fields, start, enqueue, send, more, failure } = { ...parts, ...given }
  const drain = given.drain ?? drainWith(failure)
  const members = [start, enqueue, drain, send, more].filter(Boolean).join('\n\n')
  return `import AsyncStorage from '@react-native-async-storage/async-storage'
import NetInfo from '@react-native-community/netinfo'
import { randomUUID } from 'expo-crypto'
${imports}
const KEY = 'outbox'

export class Outbox {
  private queue: Operation[] = []
  private failed: Operation[] = []
  private isDraining = false
${fields}
${members}

  private async persist() {
    await AsyncStorage.setItem(KEY, JSON.stringify(this.queue))
  }
}
`
}

/** The same as the files of an app. */
export const queueApp = (given: QueueParts): Record<string, string> => ({ 'src/sync/outbox.ts': exampleQueue(given) })
