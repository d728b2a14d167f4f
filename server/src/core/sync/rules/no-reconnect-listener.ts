// A queue asks once whether there is a network, and nobody tells it when the network comes back.
import type { Rule } from '../../rules/rule.ts'
import { queueApp } from '../example-queue.ts'
import { methodOf } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { networkGate } from '../network-state.ts'
import { isTimer, restarts } from '../triggers.ts'
import type { QueueCode } from '../types.ts'

const drainOnce = (isOnline: string) => `  async drain() {
    if (${isOnline}) return
    for (const operation of [...this.queue]) {
      await this.send(operation)
      this.queue.shift()
    }
  }`

export const noReconnectListener: Rule<QueueCode, never> = {
  id: 'sync/no-reconnect-listener',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'A queue sends nothing while there is no network, and nothing in the project starts it when the network comes back.',
    why: 'What a person did offline stays on the phone although there is a network again, until something new is put into the queue.',
    fix: 'Listen to `NetInfo.addEventListener`, and to `AppState` for the return to the app, and start the queue from there.',
  },
  *check(queue) {
    for (const drain of queue.drains) {
      const gate = networkGate(queue, drain)
      if (!gate) continue
      const inHandlers = drain.catches.map(handler => handler.at)
      // A timer in a handler runs only where something was sent.
      const starts = restarts(queue).filter(
        trigger =>
          !(
            isTimer(trigger) &&
            trigger.file === drain.fn.file &&
            inHandlers.some(at => at.start <= trigger.at.at.start && trigger.at.at.end <= at.end)
          ),
      )
      if (starts.length > 0 || listensItself(queue)) continue
      yield {
        at: { file: gate.asks.file, span: gate.asks.call.callee.at },
        message:
          'Without network the queue stops here, and nothing starts it when the network returns: what was done offline stays on the phone. Add a network listener that starts it.',
      }
    }
  },
  instead: forQueues,
  examples: [
    {
      name: 'asked once',
      files: queueApp({
        start: `  async start() {
    this.queue = JSON.parse((await AsyncStorage.getItem(KEY)) ?? '[]')
  }`,
        drain: drainOnce('(await NetInfo.fetch()).isConnected === false').replace(
          'return\n',
          'return\n    //         ^^^^^^^^^^^^^ nothing starts it\n',
        ),
      }),
    },
    {
      name: 'a listener',
      files: queueApp({ drain: drainOnce('(await NetInfo.fetch()).isConnected === false') }),
    },
    {
      name: 'a hook in another file',
      files: {
        ...queueApp({ start: '', drain: drainOnce('(await NetInfo.fetch()).isConnected === false') }),
        'src/use-sync.ts': `import { useNetInfo } from '@react-native-community/netinfo'
export function useSync(outbox) {
  const { isConnected } = useNetInfo()
  useEffect(() => {
    if (isConnected) outbox.drain()
  }, [isConnected])
}
`,
      },
    },
  ],
}

/** True when the queue's own file listens and hands the news to something that cannot be followed. */
const listensItself = (queue: QueueCode): boolean =>
  queue.reader
    .code(queue.file)
    .calls.some(({ call }) =>
      /^(?:addNetworkStateListener|useNetInfo|useNetworkState)$/.test(methodOf(call)?.name ?? ''),
    )
