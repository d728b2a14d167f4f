// Which files sync code may be in: most are dismissed by a look at their text.
import assert from 'node:assert/strict'
import { sync } from '../../src/core/sync/engine.ts'
import { sampleQueue } from './sample-queue.ts'

const { mentions } = sync()

describe('files that may have to do with sync code', () => {
  const looked = {
    'the sample queue': sampleQueue,
    'who starts the queue when the network returns':
      "import NetInfo from '@react-native-community/netinfo'\nNetInfo.addEventListener(() => flush())",
    'who starts it when the app comes back': "AppState.addEventListener('change', () => outbox.flush())",
    'a hook with its own word for the network':
      'const isOnline = useOnline()\nuseEffect(() => void syncNow(), [isOnline])',
    'a package for Apollo': "import { RetryLink } from '@apollo/client/link/retry'",
    'two versions of a record': 'export const newer = (local, remote) => local.updatedAt > remote.updatedAt',
  }
  for (const [name, text] of Object.entries(looked)) it(`${name}: is read`, () => assert.ok(mentions(text)))

  const dismissed = {
    'a component': "import { View } from 'react-native'\nexport const Card = ({ title }) => <View>{title}</View>",
    'asynchronous code':
      'export async function load() {\n  const response = await fetch(url)\n  return response.json()\n}',
    'a file that only waits': 'export const isPending = status => status === "pending"',
    'a schema': "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })",
  }
  for (const [name, text] of Object.entries(dismissed)) it(`${name}: is not`, () => assert.ok(!mentions(text)))
})
