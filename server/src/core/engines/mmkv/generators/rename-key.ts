// "Rename MMKV Key": another name for a key wherever the code writes it out, and on phones.
import type { Answers, Question } from '../../../../../../shared/scaffolds.ts'
import type { NameMention } from '../../../catalog/mention.ts'
import type { Edit, TextEdit } from '../../../text/edit.ts'
import { type Place, samePlace } from '../../../text/span.ts'
import type { Generated, Scaffold, ScaffoldContext } from '../../contract.ts'
import { renames } from '../keys/rename-key.ts'
import type { KeyUse, MmkvStore } from '../types.ts'
import { chosenInstance, instanceQuestion, instancesOf } from './instances.ts'
import { textOf } from './new-file.ts'

/** The scaffold. */
export const renameKey: Scaffold = { id: 'mmkv.renameKey', title: 'Rename MMKV Key', ask, write }

function ask(answers: Answers, context: ScaffoldContext): Question | undefined {
  const stores = instancesOf(context).filter(store => keysOf(store).length > 0)
  const store = chosenInstance(stores, answers)
  if (!store) return answers['instance'] === undefined ? instanceQuestion(stores, 'Instance') : undefined
  if (answers['key'] === undefined)
    return {
      kind: 'choice',
      id: 'key',
      title: 'Key',
      many: false,
      choices: keysOf(store).map(({ name, written, uses }) => ({
        value: name.text,
        label: name.text,
        detail: `${written ?? 'of no known type'}, ${uses.length} ${uses.length === 1 ? 'use' : 'uses'}`,
      })),
    }
  if (answers['to'] === undefined)
    return {
      kind: 'text',
      id: 'to',
      title: 'New name of the key',
      value: textOf(answers, 'key') ?? '',
      pattern: { source: '[^\'"`\\\\$\\r\\n]+', problem: 'A key without quotes, "$" and backslashes is needed.' },
    }
  if (answers['move'] !== undefined) return undefined
  return {
    kind: 'choice',
    id: 'move',
    title: 'What phones hold',
    many: false,
    choices: [
      {
        value: 'yes',
        label: 'Move the value',
        detail: 'When the instance is opened, what stands under the old name is moved.',
      },
      { value: 'no', label: 'Change the code only', detail: 'For keys that no release has written.' },
    ],
  }
}

/** The keys that users of the app have, by their names. */
const keysOf = (store: MmkvStore) =>
  store.entities
    .flatMap(group => group.fields)
    .filter(key => key.uses.some(use => !use.isTest))
    .sort((a, b) => (a.name.text < b.name.text ? -1 : 1))

function write(answers: Answers, context: ScaffoldContext): Generated {
  const stores = instancesOf(context).filter(one => keysOf(one).length > 0)
  const store = chosenInstance(stores, answers)
  const key = textOf(answers, 'key')
  const to = textOf(answers, 'to') ?? ''
  const group = store?.entities[0]
  if (!store || !group || !keysOf(store).some(one => one.name.text === key))
    return { problem: stores.length === 0 ? 'No key of an MMKV instance is used here.' : 'There is no such key.' }
  if (key === undefined || to === key) return { problem: 'That is its name already.' }
  if (/['"`\\$\r\n]/.test(to)) return { problem: `"${to}" cannot stand in the code without escapes.` }
  const problem = renames.problem?.(store, { entity: group.name.text, field: key }, to)
  if (problem !== undefined) return { problem }
  if (keysOf(store).some(one => one.name.text === to)) return { problem: `There is a key "${to}" already.` }

  const places = letters(store, key, context)
  if ('problem' in places) return places
  const kept = textOf(answers, 'move') === 'yes' ? renames.field?.(store, group.name.text, key, to, context) : undefined
  if (kept && 'problem' in kept) return kept
  const edits: Edit[] = [
    ...places.found.map(({ file, span }): TextEdit => ({ file, start: span.start, end: span.end, text: to })),
    ...(kept?.edits ?? []),
  ]
  const count = places.found.length
  const done = `"${key}" is called "${to}" in ${count} ${count === 1 ? 'place' : 'places'}.`
  const show = places.found[0]?.file
  return {
    edits,
    message: [done, kept?.message, unseen(store, key)].filter(Boolean).join(' '),
    ...(show !== undefined && { show }),
    preview: true,
  }
}

/** Where the letters of a key stand, each place once; or why they cannot all be changed. */
function letters(
  store: MmkvStore,
  key: string,
  { catalog }: ScaffoldContext,
): { readonly found: readonly Place[] } | { readonly problem: string } {
  const found: Place[] = []
  const others: NameMention[] = []
  for (const file of catalog.files())
    for (const mention of catalog.mentions(file)) {
      if (mention.kind === 'word' || !mention.source) {
        if (mention.kind === 'field' && isMeant(mention, store, key))
          return { problem: `The key is put together from parts at ${shown(mention.at)}.` }
      } else if (!isMeant(mention, store, key)) others.push(mention)
      else if (!found.some(place => samePlace(place, mention.source!))) found.push(mention.source)
    }
  const shared = others.find(({ source }) => source && found.some(place => samePlace(place, source)))
  if (shared) return { problem: `The same letters name something else too, at ${shown(shared.at)}.` }
  return found.length > 0 ? { found } : { problem: `"${key}" is written out nowhere.` }
}

const isMeant = (mention: NameMention, store: MmkvStore, key: string): boolean =>
  mention.store === store.name && mention.kind === 'field' && mention.field === key

const shown = ({ file }: Place): string => file.slice(file.lastIndexOf('/') + 1)

/** What to look at by hand: keys that are put together at run time, and code that cannot be followed. */
function unseen({ uses, isClosed }: MmkvStore, key: string): string {
  const open = uses.filter(use => !use.isTest && use.access !== 'listen' && !use.handsOn && mayBe(use, key))
  const files = [...new Set(open.map(use => shown(use.at)))]
  const notes = [
    files.length === 0 ? '' : `Keys that are made at run time may be this one too, in ${files.join(', ')}.`,
    isClosed ? '' : 'The instance is also handed to code that cannot be followed.',
  ]
  return notes.filter(Boolean).join(' ')
}

const mayBe = ({ key, keyEnds }: KeyUse, text: string): boolean =>
  key === undefined && (!keyEnds || (text.startsWith(keyEnds.start) && text.endsWith(keyEnds.end)))
