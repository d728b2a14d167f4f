// "Generate Fault Tests for a Queue": the simulator as files of the app, and an adapter between it and a hand-written queue.
import type { Answers, ChoiceQuestion, Question } from '../../../../../../shared/scaffolds.ts'
import type { Generated, Scaffold, ScaffoldContext } from '../../../engines/contract.ts'
import { dirname, relative } from '../../../text/path.ts'
import { packagesOf } from '../../../write/packages.ts'
import { type QueueShape, queueId, queueNameOf, queueShape } from '../../prove/queue-shape.ts'
import type { QueueCode } from '../../types.ts'
import type { LayerFile } from '../layer.ts'
import { writeFiles } from '../write-files.ts'
import { takesTypeScript } from '../write-layer.ts'
import { adapterText, testText } from './adapter-text.ts'
import { isStorage } from './fakes.ts'

/** The scaffold, over the queues that have been read in the workspace. */
export function testQueue(queues: () => readonly QueueCode[]): Scaffold {
  return {
    id: 'sync.testQueue',
    title: 'Generate Fault Tests for a Queue',
    ask: (answers, context) => {
      const here = queuesHere(queues(), context)
      if (here.length > 1 && answers['queue'] === undefined) return whichQueue(here, context)
      const known = chosen(here, answers, context)
      if ('problem' in known || answers['folder'] !== undefined) return undefined
      return whichFolder(known, here)
    },
    narrow: (answers, context) => {
      const here = queuesHere(queues(), context)
      const known = chosen(here, answers, context)
      return 'problem' in known ? undefined : { ...answers, queue: queueId(known.queue) }
    },
    write: (answers, context) => {
      const here = queuesHere(queues(), context)
      const known = chosen(here, answers, context)
      if ('problem' in known) return known
      const folder = answers['folder']
      return write(known, typeof folder === 'string' ? folder : defaultFolder(known, here))
    },
  }
}

/** The queues of the package, those of the file that the person looks at first. */
function queuesHere(queues: readonly QueueCode[], { project, file }: ScaffoldContext): readonly QueueCode[] {
  const own = queues.filter(queue => queue.file.startsWith(`${project.root}/`))
  return [...own.filter(queue => queue.file === file), ...own.filter(queue => queue.file !== file)]
}

interface Known {
  readonly queue: QueueCode
  readonly shape: QueueShape
  /** As of the package that the queue belongs to. */
  readonly context: ScaffoldContext
}

function chosen(
  here: readonly QueueCode[],
  answers: Answers,
  around: ScaffoldContext,
): Known | { readonly problem: string } {
  const wanted = answers['queue']
  const queue = wanted === undefined ? here[0] : here.find(one => queueId(one) === wanted)
  if (queue === undefined)
    return {
      problem:
        'There is no hand-written queue in this package: a class or module that keeps operations in a list, stores them, and sends them in a loop.',
    }
  const context = { ...around, project: queue.scope.workspace().project(queue.file) }
  const shape = queueShape(queue, context.text)
  if ('problem' in shape) return shape
  const problem = problemOf(queue, shape, context)
  return problem === undefined ? { queue, shape, context } : { problem }
}

/** Why the queue cannot be run by the simulator. */
function problemOf({ persists, requests }: QueueCode, shape: QueueShape, context: ScaffoldContext): string | undefined {
  const packages = packagesOf(context)
  if (packages.includes('mocha') && !packages.includes('jest'))
    return 'The tests of this package run in mocha, which cannot put a simulated storage, network and server in the place of modules. These tests are written for jest; both can stand side by side.'
  if (!takesTypeScript(context))
    return 'The simulator is written in TypeScript, and this package holds JavaScript only and is no React Native app, which would take both. Add a tsconfig.json with `allowJs`, and a build that reads it.'
  const takesStorage = shape.access.kind === 'class' && shape.access.parameters.some(one => /storage/i.test(one.name))
  if (persists.every(one => one.by === 'sql') || !(shape.packages.some(isStorage) || takesStorage))
    return `${shape.name} keeps its operations where the simulator cannot follow: it knows AsyncStorage and MMKV.`
  if (requests.length > 0 && requests.every(one => one.by === 'apollo'))
    return `${shape.name} sends through Apollo Client; the simulated server is reached by fetch and axios.`
  return undefined
}

function whichQueue(here: readonly QueueCode[], { project }: ScaffoldContext): ChoiceQuestion {
  return {
    kind: 'choice',
    id: 'queue',
    title: 'Queue to be tested',
    many: false,
    choices: here.map(queue => ({
      value: queueId(queue),
      label: queueNameOf(queue),
      detail: queue.file.slice(project.root.length + 1),
    })),
  }
}

const folderPattern = '(?!\\.\\.?(?:/|$))[\\w.@-]+(?:/(?!\\.\\.?(?:/|$))[\\w.@-]+)*'

function whichFolder(known: Known, here: readonly QueueCode[]): Question {
  return {
    kind: 'text',
    id: 'folder',
    title: 'Folder of the tests',
    prompt: 'From the folder of the package. It is a folder of its own for each queue.',
    value: defaultFolder(known, here),
    pattern: { source: folderPattern, problem: 'The path of a folder in this package is needed.' },
  }
}

/** `testing` beside the queue's file; with a part for the queue where another lies in the same folder. */
function defaultFolder({ queue, shape, context }: Known, here: readonly QueueCode[]): string {
  const home = dirname(queue.file)
  const own = home === context.project.root ? '' : `${home.slice(context.project.root.length + 1)}/`
  const isAlone = here.every(one => one === queue || dirname(one.file) !== home)
  return `${own}testing${isAlone ? '' : `/${kebab(shape.name)}`}`
}

const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^\w-]+/g, '-')
    .toLowerCase()

function write({ queue, shape, context }: Known, folder: string): Generated {
  const { root } = context.project
  if (!new RegExp(`^${folderPattern}$`).test(folder)) return { problem: `"${folder}" is no folder of this package.` }
  const place = `${root}/${folder}`
  const adapter = `${place}/adapter.ts`
  const specifier = context.specifier(adapter, queue.file)
  const there = context.text(adapter)
  if (there !== undefined && !there.includes(specifier))
    return { problem: `${folder}/adapter.ts is there already, and is not about ${shape.name}. Choose another folder.` }
  const toldPath = (file: string) => relative(root, file).replace(/^\.\//, '').replace(/\s+/g, ' ')
  const files: readonly LayerFile[] = [
    { path: 'adapter.ts', text: adapterText(shape, { specifier, toldPath }), followsSchema: true },
    { path: 'queue-faults.test.ts', text: testText(shape), followsSchema: false },
  ]
  const { edits, made, updated, kept } = writeFiles(files, place, context, [queue.file])
  const done = [...(made > 0 ? [`${made} new files`] : []), ...(updated > 0 ? [`${updated} brought up to date`] : [])]
  const open = files[0]?.text.includes('fillIn(') ?? false
  const message = [
    done.length === 0
      ? `The fault tests of ${shape.name} in ${folder} are up to date.`
      : `The fault tests of ${shape.name} in ${folder}: ${done.join(', ')}. Run queue-faults.test.ts with jest.`,
    ...(open ? ['adapter.ts calls fillIn where only you know what to write.'] : []),
    ...(kept.length > 0 ? [`Kept as you changed them: ${kept.join(', ')}.`] : []),
  ].join(' ')
  return { edits, message, preview: edits.length > 0, show: adapter }
}
