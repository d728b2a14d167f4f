// `README.md` of a layer: what it does, how it is wired in, what the server owes it and what it leaves undone.
import type { LayerFile, SyncPlan } from '../layer.ts'
import type { Guide, GuideParts } from './guide.ts'
import { code, fenced, list, names, paragraph } from './markdown.ts'
import { outboxGuide } from './outbox-guide.ts'
import { watermelonGuide } from './watermelon-guide.ts'

/** The file; it follows the schema and the choices. */
export function readmeFile(guide: Guide): LayerFile {
  const parts = guide.plan.target === 'watermelondb' ? watermelonGuide(guide) : outboxGuide(guide)
  const blocks = [
    `# Sync of ${code(guide.plan.store)}`,
    paragraph(
      'The records are read and written on the device, with or without a network.',
      `This layer sends what was changed here to ${code(guide.plan.endpoint)} and brings what was changed elsewhere.`,
      'It is plain TypeScript and all yours.',
    ),
    '## What is synced',
    list(choices(guide, parts)),
    upToDate(guide),
    '## How a change travels',
    fenced('mermaid', parts.flow),
    parts.runs,
    `### ${parts.states.title}`,
    fenced('mermaid', parts.states.diagram),
    parts.states.note,
    '## In the app',
    ...parts.wiring,
    `It imports ${names(guide.packages)}.`,
    '## What the server does',
    paragraph(...parts.server),
    '## What it does not do',
    list(parts.limits),
    '## Tests',
    tests(guide),
  ]
  return { path: 'README.md', text: `${blocks.join('\n\n')}\n`, followsSchema: true }
}

function choices({ plan, schema, refused, bytes }: Guide, parts: GuideParts): readonly string[] {
  const synced = schema.entities.map(entity => entity.name)
  const ordered = schema.entities.some(entity => entity.parents.length > 0) ? ', parents before their children' : ''
  return [
    `**Synced:** ${names(synced)}${ordered}.`,
    ...(plan.exclude.length > 0 ? [`**Stays on the device, as you chose:** ${names(plan.exclude)}.`] : []),
    ...refused.map(({ entity, reason }) => `**Stays on the device:** ${code(entity)}, because ${reason}.`),
    ...(bytes.length > 0 ? [`**Stays on the device, as bytes do not go over the line:** ${names(bytes)}.`] : []),
    `**Both sides have changed a record:** ${bothChanged(plan)}`,
    ...(plan.conflicts === 'custom' && plan.target !== 'watermelondb'
      ? []
      : [`**One side has deleted what the other has changed:** ${oneDeleted[plan.deletes]}`]),
    `**Audit:** ${plan.audit ? parts.audit : 'no decision is kept.'}`,
  ]
}

function bothChanged({ conflicts, target }: SyncPlan): string {
  switch (conflicts) {
    case 'lww':
      return laterEdit[target]
    case 'fieldMerge':
      return merged[target]
    case 'manual':
      return `a person decides, on ${code('ConflictScreen')}.`
    case 'custom':
      return `${code('decide()')} in [conflicts.ts](conflicts.ts) says; write it before the first release.`
  }
}

const byClock = 'the later edit wins, by a hybrid logical clock and never by the clock of a device alone.'
const byField = 'the fields are merged; of a field that both have changed, the later edit wins.'

/** A layer that keeps no time of an edit cannot tell which is the later one. */
const laterEdit: Readonly<Record<SyncPlan['target'], string>> = {
  watermelondb: "the server's record wins: it was written there later.",
  mmkv: "the server's record wins, as this layer keeps no times of edits.",
  realm: byClock,
  'expo-sqlite': byClock,
  'op-sqlite': byClock,
}
const merged: typeof laterEdit = {
  watermelondb: 'the columns that were edited here are kept, the others come from the server.',
  mmkv: 'the fields are merged; of a field that both have changed, every device takes the same value, the greater one, as this layer keeps no times of edits.',
  realm: byField,
  'expo-sqlite': byField,
  'op-sqlite': byField,
}

const oneDeleted: Readonly<Record<SyncPlan['deletes'], string>> = {
  deleteWins: 'it is deleted.',
  editWins: 'the edit brings it back.',
  ask: 'a person decides.',
}

function upToDate({ plan, files, config }: Guide): string {
  const following = files.filter(file => file.followsSchema).map(file => file.path)
  return paragraph(
    `You chose this, and it stands in [offline-storage.config.json](${config}) under ${code('sync')}.`,
    `What is to hold for one entity alone goes into [conflicts.ts](conflicts.ts).`,
    `When the schema or a choice has changed, run **Offline Storage: Generate Sync Layer** again and pick ${code(plan.folder)}.`,
    `That brings ${names(following.sort())} and this page up to date; a file that you have changed is kept, and named.`,
  )
}

function tests({ plan }: Guide): string {
  const jest = code(`npx jest ${plan.folder}`)
  const mocha = `${code(`npx mocha '${plan.folder}/testing/*.test.ts'`)} (with the TypeScript loader of your other tests)`
  return paragraph(
    `Those in ${code('testing/')} need no phone and no server, and are for ${gatesOf(plan)}.`,
    ...(plan.target === 'watermelondb'
      ? [
          'The migrations of your own schema have a test beside them: **Offline Storage: Generate Migration Test** writes it where there is none.',
        ]
      : []),
    `Run ${plan.tests === 'jest' ? jest : mocha}, and **Offline Storage: Run Quality Gates** to see what is proved.`,
  )
}

const gatesOf = ({ target }: SyncPlan): string =>
  target === 'watermelondb'
    ? 'three of the four quality gates: conflicts, offline, integrity'
    : 'the four quality gates: migrations, conflicts, offline, integrity'
