// "Generate Sync Layer": asks what the layer is to be like, or takes a plan that was kept, and writes it.
import type { Answers, ChoiceQuestion, Question, ScaffoldChoice } from '../../../../../shared/scaffolds.ts'
import type { Store } from '../../catalog/catalog.ts'
import type { Duties, Scaffold, ScaffoldContext, ScaffoldOffer } from '../../engines/contract.ts'
import { packagesOf } from '../../write/packages.ts'
import { readPlans } from './config-plans.ts'
import type { SyncPlan, SyncTarget } from './layer.ts'
import { readEntities } from './read-schema.ts'
import { targets, transports } from './registry.ts'
import { takesTypeScript, writeLayer } from './write-layer.ts'

export const generateSyncLayer: Scaffold = {
  id: 'sync.generateLayer',
  title: 'Generate Sync Layer',
  ask,
  narrow,
  offer,
  write: (answers, context) => {
    const plan = planOf(answers, context)
    return 'problem' in plan ? plan : writeLayer(plan, context)
  },
}

const another = 'another'

/**
 * The store and the target where only one of each fits. A `target` that is a list says which are liked: the first that fits
 * is taken, and all are asked for where none does. A package without a store of its own that holds something is refused.
 */
function narrow({ target: wanted, ...known }: Answers, context: ScaffoldContext): Answers | undefined {
  const fitting = layersHere(context).filter(
    one =>
      (known['store'] === undefined || known['store'] === one.store.name) &&
      (typeof wanted !== 'string' || wanted === one.target.id),
  )
  if (fitting.length === 0) return undefined
  const likely = typeof wanted === 'string' ? [wanted] : (wanted ?? [])
  const liked = likely.find(id => fitting.some(one => one.target.id === id))
  const left = fitting.filter(one => liked === undefined || one.target.id === liked)
  const stores = new Set(left.map(one => one.store.name))
  const [target, ...others] = new Set(left.map(one => one.target.id))
  return {
    ...known,
    ...(stores.size === 1 && { store: [...stores].join() }),
    ...(target !== undefined && others.length === 0 && { target }),
  }
}

/**
 * The layer that the store has, or one for it where nothing sends its records. A store that can hold only what waits (an
 * instance of MMKV) gets a layer for another store of the package, which keeps it there.
 */
function offer(store: Store, context: ScaffoldContext, { isSynced }: Duties): ScaffoldOffer | undefined {
  const { plans } = readPlans(context)
  const kept = plans.find(plan => plan.store === store.name)
  if (kept) return { title: `Bring the sync layer in ${kept.folder} up to date`, answers: { plan: kept.folder } }
  if (isSynced) return undefined
  const more: Answers = plans.length > 0 ? { plan: another } : {}
  const own = narrow({ ...more, store: store.name }, context)
  if (own) return { title: 'Generate a sync layer for this store…', answers: own }
  const target = targets.find(one => one.engine === store.engine && targetsFor(store, context).length === 0)
  const beside = target && narrow({ ...more, target: target.id }, context)
  return beside && { title: `Generate a sync layer: ${target.title}…`, answers: beside }
}

/** Every store of the package that holds something to sync, with each target that it can be synced by. */
function layersHere(context: ScaffoldContext): readonly { readonly store: Store; readonly target: SyncTarget }[] {
  const { catalog, project } = context
  return catalog
    .stores()
    .filter(store => store.at.file.startsWith(`${project.root}/`))
    .flatMap(store => targetsFor(store, context).map(target => ({ store, target })))
    .filter(({ store, target }) => canSync(store, target, context))
}

const canSync = (store: Store, target: SyncTarget, context: ScaffoldContext): boolean =>
  takesTypeScript(context) && readEntities(context.catalog, store, target, []).entities.length > 0

function ask(answers: Answers, context: ScaffoldContext): Question | undefined {
  const { plans } = readPlans(context)
  const asked = textOf(answers, 'plan')
  if (plans.length > 0 && asked === undefined)
    return one('plan', 'Sync layer', [
      ...plans.map(plan => ({ value: plan.folder, label: `Bring ${plan.folder} up to date`, detail: detailOf(plan) })),
      { value: another, label: 'Another layer' },
    ])
  if (asked !== undefined && asked !== another) return undefined
  const stores = syncableStores(answers, context)
  if (stores.length > 1 && answers['store'] === undefined)
    return one(
      'store',
      'Store to sync',
      stores.map(store => storeChoice(store, context)),
    )
  const store = chosenStore(answers, context)
  if (store === undefined) return undefined
  const fitting = targetsFor(store, context)
  if (fitting.length > 1 && answers['target'] === undefined)
    return one(
      'target',
      'Kind of layer',
      fitting.map(({ id, title }) => ({ value: id, label: title })),
    )
  const target = chosenTarget(answers, context)
  // Where nothing can be synced the writer says why, and the rest need not be asked.
  if (target === undefined || !canSync(store, target, context)) return undefined
  return askAbout(answers, context, store, target)
}

function askAbout(answers: Answers, context: ScaffoldContext, store: Store, target: SyncTarget): Question | undefined {
  const usable = transports.filter(({ id }) => target.transports.includes(id))
  const questions: (Question | undefined)[] = [
    usable.length > 1
      ? one(
          'transport',
          'How the app speaks with the server',
          usable.map(({ id, title }) => ({ value: id, label: title })),
        )
      : undefined,
    {
      kind: 'text',
      id: 'endpoint',
      title: 'Address of the server',
      value: 'https://api.example.com',
      pattern: { source: 'https?://[^\\s/]\\S*', problem: 'An address with https:// is needed.' },
    },
    {
      kind: 'text',
      id: 'folder',
      title: 'Folder of the layer',
      prompt: 'From the folder of the package.',
      value: context.catalog.files().some(file => file.startsWith(`${context.project.root}/src/`))
        ? 'src/sync'
        : 'sync',
      pattern: { source: folderPattern, problem: 'The path of a folder in this package is needed.' },
    },
    excludeQuestion(context, store, target),
    one('conflicts', 'When both sides have changed a record', conflictChoices(target)),
    one('deletes', 'When one side has deleted a record that the other changed', [
      { value: 'deleteWins', label: 'It is deleted' },
      { value: 'editWins', label: 'The edit brings it back' },
      { value: 'ask', label: 'A person decides' },
    ]),
    one('audit', 'Audit log', [
      { value: 'yes', label: 'Keep a line of each decision about a conflict' },
      { value: 'no', label: 'Keep none' },
    ]),
  ]
  return questions.find(question => question !== undefined && answers[question.id] === undefined)
}

/** Only a layer that keeps the times of edits can tell which is the later one. */
function conflictChoices({ id }: SyncTarget): readonly ScaffoldChoice[] {
  const keepsTimes = id !== 'mmkv' && id !== 'watermelondb'
  const inField = id === 'mmkv' ? 'all devices take the same value' : 'what was edited here is kept'
  return [
    {
      value: 'fieldMerge',
      label: 'Merge field by field',
      detail: `Where both changed one field, ${keepsTimes ? 'the later edit wins' : inField}.`,
    },
    keepsTimes
      ? {
          value: 'lww',
          label: 'The later edit wins',
          detail: 'By a hybrid logical clock, never by the clock of the device.',
        }
      : { value: 'lww', label: "The server's record wins", detail: 'This kind of layer keeps no times of edits.' },
    { value: 'manual', label: 'A person decides', detail: 'With a hook and a screen.' },
    { value: 'custom', label: 'Your own function' },
  ]
}

const folderPattern = '(?!\\.\\.?(?:/|$))[\\w.@-]+(?:/(?!\\.\\.?(?:/|$))[\\w.@-]+)*'

/** Asks only where there is a choice. */
function excludeQuestion(context: ScaffoldContext, store: Store, target: SyncTarget): ChoiceQuestion | undefined {
  const { entities } = readEntities(context.catalog, store, target, [])
  if (entities.length < 2) return undefined
  const choices = entities.map(({ name }) => ({ value: name, label: name }))
  return { kind: 'choice', id: 'exclude', title: 'What stays on the device', many: true, choices }
}

/** The plan that was chosen, or the one that the answers make. */
function planOf(answers: Answers, context: ScaffoldContext): SyncPlan | { readonly problem: string } {
  const asked = textOf(answers, 'plan')
  const kept = readPlans(context).plans.find(plan => plan.folder === asked)
  if (kept) return kept
  const store = chosenStore(answers, context)
  const target = chosenTarget(answers, context)
  if (store === undefined || target === undefined) return { problem: nothingFits(answers, context) }
  const folder = textOf(answers, 'folder') ?? 'src/sync'
  if (!new RegExp(`^${folderPattern}$`).test(folder)) return { problem: `"${folder}" is no folder of this package.` }
  const exclude = answers['exclude']
  return {
    store: store.name,
    target: target.id,
    transport: pick(['rest', 'graphql'], textOf(answers, 'transport')) ?? target.transports[0] ?? 'rest',
    endpoint: (textOf(answers, 'endpoint') ?? '').replace(/\/+$/, ''),
    folder,
    exclude: typeof exclude === 'string' ? [exclude] : (exclude ?? []),
    conflicts: pick(['lww', 'fieldMerge', 'manual', 'custom'], textOf(answers, 'conflicts')) ?? 'fieldMerge',
    deletes: pick(['deleteWins', 'editWins', 'ask'], textOf(answers, 'deletes')) ?? 'deleteWins',
    audit: textOf(answers, 'audit') !== 'no',
    tests: packagesOf(context).includes('mocha') && !packagesOf(context).includes('jest') ? 'mocha' : 'jest',
  }
}

function nothingFits(answers: Answers, context: ScaffoldContext): string {
  const name = textOf(answers, 'store')
  const here = context.catalog.stores().filter(store => store.at.file.startsWith(`${context.project.root}/`))
  const [store] = name === undefined ? here : here.filter(one => one.name === name)
  const unfit = targets.find(target => target.engine === store?.engine && target.unfit !== undefined)?.unfit
  return store !== undefined && unfit !== undefined
    ? `A sync layer for "${store.name}" cannot be written: ${unfit}.`
    : 'There is no store here that a sync layer can be written for.'
}

function pick<T extends string>(values: readonly T[], answer: string | undefined): T | undefined {
  return values.find(value => value === answer)
}

/** Stores that can be synced by the target that was answered, or by any where none was. */
function syncableStores(answers: Answers, context: ScaffoldContext): readonly Store[] {
  const { root } = context.project
  const wanted = textOf(answers, 'target')
  const all = context.catalog
    .stores()
    .filter(store => targetsFor(store, context).some(({ id }) => wanted === undefined || wanted === id))
  const own = all.filter(store => store.at.file.startsWith(`${root}/`))
  return own.length > 0 ? own : all
}

function targetsFor(store: Store, context: ScaffoldContext): readonly SyncTarget[] {
  const packages = packagesOf(context)
  return targets.filter(target => target.fits?.(store, { packages }) ?? target.engine === store.engine)
}

function chosenStore(answers: Answers, context: ScaffoldContext): Store | undefined {
  const stores = syncableStores(answers, context)
  const name = textOf(answers, 'store')
  return name === undefined && stores.length === 1 ? stores[0] : stores.find(store => store.name === name)
}

function chosenTarget(answers: Answers, context: ScaffoldContext): SyncTarget | undefined {
  const store = chosenStore(answers, context)
  if (store === undefined) return undefined
  const fitting = targetsFor(store, context)
  const id = textOf(answers, 'target')
  return id === undefined && fitting.length === 1 ? fitting[0] : fitting.find(target => target.id === id)
}

const one = (id: string, title: string, choices: readonly ScaffoldChoice[]): ChoiceQuestion => ({
  kind: 'choice',
  id,
  title,
  many: false,
  choices,
})

const storeChoice = (store: Store, { catalog }: ScaffoldContext): ScaffoldChoice => ({
  value: store.name,
  label: store.name,
  detail: `${catalog.engineTitle(store)}, ${store.at.file}`,
})

const detailOf = ({ store, target, transport }: SyncPlan): string => `${store}: ${target}, ${transport}`

const textOf = (answers: Answers, id: string): string | undefined => {
  const answer = answers[id]
  return typeof answer === 'string' ? answer : undefined
}
