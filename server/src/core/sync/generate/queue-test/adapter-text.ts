// The adapter between the simulator and a person's own queue, and the test that runs it.
import type { Access, Helper, QueueShape } from '../../prove/queue-shape.ts'
import type { Parameter } from '../../prove/type-shape.ts'
import { literal } from '../names.ts'
import { type Fake, fakesFor, injectedFake } from './fakes.ts'
import { argumentsText } from './operation-text.ts'

/** What the texts need besides the queue: how the adapter imports it, and how paths are told to people. */
export interface AdapterPlace {
  readonly specifier: string
  toldPath(file: string): string
}

/** `adapter.ts`, as our templates are written. */
export function adapterText(shape: QueueShape, { specifier, toldPath }: AdapterPlace): string {
  const { name, access, enqueue, starts, helpers } = shape
  const replaced = fakesFor(shape.packages)
  const given = access.kind === 'class' ? access.parameters.filter(one => !one.isOptional) : []
  const helped = helpers.filter(one => !starts.includes(one.method))
  const begun = starts.map(start => `queue.${memberOf(access, start)}()`)
  const takes = `${enqueue?.name ?? 'the queue'} of ${toldPath(shape.file)}`
  const handOver =
    enqueue === undefined
      ? `fillIn(${literal(`Hand the operation over to ${name}, and wait until it is stored.`)})`
      : `await queue.${memberOf(access, enqueue.name)}(${argumentsText(enqueue.parameters, takes)})`
  const body = [
    ...replaced.map(([from, { make, takes: of }]) => `  jest.doMock(${literal(from)}, () => ${make}(${of}))`),
    ...accessLines(access, specifier, name, given),
    ...helped.flatMap(helper => helperLines(helper, access, toldPath)),
    ...(begun.length > 0 ? [`  const ready = started(env, ${begun.join(', ')})`] : []),
  ].join('\n')
  const ready = begun.length > 0 ? '      await ready\n' : ''
  const text = `
/** True for what the queue has given up. Everything else that it stores still waits to be sent. */
const isGivenUp = ({ key, operation }: StoredOperation): boolean =>
  ${givenUpKey(shape)}.test(key) || /dead|fail|reject/i.test(String(operation['status'] ?? operation['state']))

/**
 * Starts the queue in a new process of the app: at the beginning of a schedule, and after each crash. \`enqueue\` is
 * fulfilled when the app may believe that the change is safe. The fields of \`op.payload\`, \`m0\`, \`m1\` and so on, must be in
 * what the queue stores and sends: by them the simulator knows which change it is. An update carries only what it changes;
 * a queue that keeps whole records must be given whole ones.
 */
export const startQueue: QueueFactory = env => {
  const http = createHttp(env)
  simulateGlobals(env, http)
  jest.resetModules()
${body}
  const stored = () => storedOperations(env)
  return {
    enqueue: async op => {
      bookOf(env).remember(op)
${ready}      ${handOver}
    },
    pending: () => stored().flatMap(one => (isGivenUp(one) ? [] : [one.payload])),
    dead: () => stored().flatMap(one => (isGivenUp(one) ? [one.payload] : [])),
  }
}
`
  const injected = given.flatMap(one => injectedFake(one.name) ?? [])
  return `// ${name} on a simulated phone: its storage, its network, its server and its clock are the simulator's.
// This file is yours: where it does not start or feed the queue as your app does, change it.
${importsFor(text, [...replaced.map(([, fake]) => fake), ...injected])}${text}`
}

/** The keys of what is given up. Where the queue itself has such a name ("failedRequests"), only the name of a list in it tells. */
const givenUpKey = ({ keys }: QueueShape): string => {
  const words = /dead|fail|reject|poison/i
  return keys.length > 0 && keys.every(key => words.test(key)) ? '/\\.\\w*(?:dead|fail|reject|poison)/i' : String(words)
}

/** `queue-faults.test.ts`, as our templates are written. */
export function testText({ name }: QueueShape): string {
  return `// Lets storage, network, server and phone fail in 300 random ways, and says what becomes of the changes in ${name}.
// offline-storage-gate: integrity, offline
import { startQueue } from './adapter'
import { explain } from './simulator/explain'
import { runSchedule } from './simulator/run-schedule'
import { restoreGlobals } from './simulator/simulated-globals'

/** A failure names its schedule. With that number alone here, \`[17]\`, it plays again and tells all that happens. */
const schedules = Array.from({ length: 300 }, (_, index) => index + 1)

// The clock is the simulator's, and no other may stand in its way.
jest.useRealTimers()
jest.setTimeout(600_000)

describe(${literal(`${name} under faults`)}, () => {
  afterEach(restoreGlobals)

  it('delivers every change once and in order', async () => {
    const failures: string[] = []
    for (const seed of schedules) {
      const story: string[] = []
      const { violations } = await runSchedule(seed, startQueue, { tell: line => story.push(line) })
      if (violations.length > 0) failures.push(explain(seed, violations, schedules.length === 1 ? story : []))
    }
    if (failures.length === 0) return
    const shown = failures.slice(0, 3).join('\\n\\n')
    throw new Error(\`\${failures.length} of \${schedules.length} schedules went wrong. The first of them:\\n\\n\${shown}\\n\`)
  })
})
`
}

function memberOf(access: Access, name: string): string {
  return access.kind === 'module' ? (access.exports[name] ?? name) : name
}

function accessLines(
  access: Access,
  specifier: string,
  name: string,
  parameters: readonly Parameter[],
): readonly string[] {
  const loaded = `jest.requireActual<typeof import(${literal(specifier)})>(${literal(specifier)})`
  switch (access.kind) {
    case 'module':
      return [`  const queue = ${loaded}`]
    case 'instance':
      return [`  const { ${access.export === 'queue' ? 'queue' : `${access.export}: queue`} } = ${loaded}`]
    case 'static':
      return [
        classLine(access.export, name, loaded),
        `  const queue = ${name}.${access.member}${access.isCalled ? '()' : ''}`,
      ]
    case 'class': {
      const given = parameters.map(one => injectedText(one, name)).join(', ')
      return [classLine(access.export, name, loaded), `  const queue = new ${name}(${given})`]
    }
  }
}

const classLine = (exported: string, name: string, loaded: string): string =>
  `  const { ${exported === name ? name : `${exported}: ${name}`} } = ${loaded}`

function injectedText({ name }: Parameter, of: string): string {
  const fake = injectedFake(name)
  if (fake) return `${fake.make}(${fake.takes}).default`
  return `fillIn(${literal(`Give ${of} its "${name}", as the app does.`)})`
}

const moments = {
  start: 'when the app starts',
  network: 'when the network returns',
  interval: 'over and over',
  other: '',
} as const

/** What another file of the app does for the queue. */
function helperLines(
  { file, when, method, everyMs = 60_000 }: Helper,
  access: Access,
  toldPath: (file: string) => string,
): readonly string[] {
  const call = `quietly(() => queue.${memberOf(access, method)}())`
  if (when === 'other')
    return [
      `  // Not simulated: ${toldPath(file)} calls ${method} as well. Do so here, if it helps the queue on a phone.`,
    ]
  const lines = [`  // ${toldPath(file)} does this ${moments[when]}.`]
  if (when === 'start') return [...lines, `  ${call}`]
  if (when === 'interval') return [...lines, `  setInterval(() => ${call}, ${everyMs})`]
  return [
    ...lines,
    '  fakeNetInfo(env).addEventListener(({ isConnected }) => {',
    `    if (isConnected) ${call}`,
    '  })',
  ]
}

/** Imports of what the text uses, sorted by module. */
function importsFor(text: string, replaced: readonly Fake[]): string {
  const all: readonly (readonly [name: string, module: string])[] = [
    ...replaced.map(({ make, module }) => [make, module] as const),
    ['fakeNetInfo', 'fake-net-info'],
    ['fillIn', 'fill-in'],
    ['bookOf', 'operation-book'],
    ['createHttp', 'simulated-http'],
    ['simulateGlobals', 'simulated-globals'],
    ['quietly', 'started'],
    ['started', 'started'],
    ['type StoredOperation', 'stored-operations'],
    ['storedOperations', 'stored-operations'],
  ]
  const used = all.filter(([name]) => new RegExp(`\\b${name.replace('type ', '')}\\b`).test(text))
  const modules = new Map<string, string[]>([['queue-under-test', []]])
  for (const [name, module] of used) modules.set(module, [...new Set([...(modules.get(module) ?? []), name])])
  return [...modules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([module, names]) =>
      module === 'queue-under-test'
        ? `import type { QueueFactory } from './simulator/queue-under-test'\n`
        : `import { ${names.sort(byName).join(', ')} } from './simulator/${module}'\n`,
    )
    .join('')
}

const byName = (a: string, b: string): number => (a.replace('type ', '') < b.replace('type ', '') ? -1 : 1)
