// The clock of the device decides whose change wins.
import type { Step } from '../../facts/file-facts.ts'
import type { Rule } from '../../rules/rule.ts'
import { childrenOf, type Value, walkValue } from '../../source/value.ts'
import type { Span } from '../../text/span.ts'
import { allSteps, allValues, lastName, methodOf, ownValues } from '../flow.ts'
import type { CodeOfFile } from '../types.ts'

const timeName = /^(?:updated_?at|modified_?at|last_?modified|last_?updated|updated|timestamp|changed_?at|edited_?at)$/i
const remoteName =
  /^(?:remote|server|incoming|theirs|cloud|fromServer|serverSide)|(?:Remote|Server|Incoming)(?:Record|Item|Doc|Row|Data|Version)?$|^(?:remote|server)/
const localName = /^(?:local|mine|ours|client|onDevice|cached)|(?:Local)(?:Record|Item|Doc|Row|Data)?$/

export const deviceClockCompare: Rule<CodeOfFile, never> = {
  id: 'sync/device-clock-compare',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A time that the device made is compared with a time of the server, to decide whose version of a record wins.',
    why: 'Clocks of devices are wrong, by minutes or years: one that is ahead wins every conflict, and overwrites what others wrote later.',
    fix: 'Compare versions that the server gives, or a hybrid logical clock.',
  },
  *check({ file, scope, reader }) {
    for (const fn of scope.usage(file)?.functions ?? []) {
      const places = new Set<Span>()
      for (const step of allSteps(fn.steps ?? []))
        for (const value of ownValues(step))
          for (const part of walkValue(value)) {
            const found = comparesTimes(part)
            if (!found || places.has(part.at)) continue
            places.add(part.at)
            const isNow = found.local === 'now'
            if (!isNow && !isMadeHere(reader.filesNaming(file, [found.name]), scope, found.name)) continue
            if (isNow && !picks(step, part)) continue
            yield {
              at: { file, span: part.at },
              message:
                'The clock of the device decides here which version wins: one that is ahead overwrites what others wrote later. Compare versions that the server gives.',
            }
          }
    }
  },
  examples: [
    {
      name: 'the local time of change against the remote one',
      files: {
        'src/sync/merge.ts': `export function merge(local: Note, remote: Note): Note {
  if (local.updatedAt > remote.updatedAt) return local
  //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ clock of the device
  return remote
}
`,
        'src/notes.ts': `export const change = (queue: Queue, note: Note, text: string) =>
  queue.put({ ...note, text, updatedAt: Date.now() })
`,
      },
    },
    {
      name: 'times that the server gave, and the age of a cache',
      files: {
        'src/sync/merge.ts': `export function merge(local: Note, remote: Note): Note {
  if (local.updatedAt >= remote.updatedAt) return local
  if (Date.now() - remote.updatedAt > 60_000) refresh()
  return remote
}
`,
      },
    },
    {
      name: 'versions',
      files: {
        'src/sync/merge.ts': `export const merge = (local: Note, remote: Note) => (local.version > remote.version ? local : remote)
`,
      },
    },
  ],
}

/** True when what hangs on the comparison speaks of one of the two versions, beside the time itself. */
function picks(step: Step, test: Value): boolean {
  const isVersion = (value: Value) =>
    value.kind === 'name' && (remoteName.test(value.name) || localName.test(value.name))
  if (step.kind === 'if') return [...allValues([...step.whenTrue, ...step.whenFalse])].some(isVersion)
  return ownValues(step).some(value =>
    [...walkValue(value)].some(
      part =>
        part.kind === 'conditional' &&
        part.test === test &&
        [part.whenTrue, part.whenFalse].some(branch => [...walkValue(branch)].some(isVersion)),
    ),
  )
}

/** A comparison of a local time with a remote one: the name of the local one, or that it is now. */
function comparesTimes(value: Value): { readonly local: 'now' | 'field'; readonly name: string } | undefined {
  if (value.kind !== 'binary' || !/^[<>]=?$/.test(value.op)) return undefined
  for (const [one, other] of [
    [value.left, value.right],
    [value.right, value.left],
  ] as const) {
    if (timeOf(other, remoteName) === undefined) continue
    if (isNow(one)) return { local: 'now', name: '' }
    const name = timeOf(one, localName)
    if (name !== undefined) return { local: 'field', name }
  }
  return undefined
}

/** The name of a time in `value`, which belongs to something called so: `remote.updatedAt`, `new Date(remote.updated_at)`. */
function timeOf(value: Value, owner: RegExp): string | undefined {
  if (value.kind === 'member') {
    if (value.name !== undefined && timeName.test(value.name))
      return owner.test(lastName(value.of) ?? '') ? value.name : undefined
    return undefined
  }
  if (value.kind !== 'call') return undefined
  const method = methodOf(value)
  const inner = method?.of && /^(?:getTime|valueOf|toMillis|unix)$/.test(method.name) ? method.of : value.args[0]
  return inner && (method?.of !== undefined || value.isNew || method?.name === 'Number')
    ? timeOf(inner, owner)
    : undefined
}

const isDate = (value: Value): boolean => value.kind === 'name' && value.name === 'Date' && value.key === undefined

/** `Date.now()`, `new Date()`, `new Date().getTime()`, `new Date().toISOString()` */
function isNow(value: Value): boolean {
  if (value.kind !== 'call') return false
  if (value.isNew) return isDate(value.callee) && value.args.length === 0
  const method = methodOf(value)
  if (!method?.of) return false
  return method.name === 'now'
    ? isDate(method.of)
    : /^(?:getTime|valueOf|toISOString)$/.test(method.name) && isNow(method.of)
}

/** True when the app itself puts the time of the device into fields of that name. */
function isMadeHere(files: readonly string[], scope: CodeOfFile['scope'], name: string): boolean {
  const holds = (value: Value): boolean =>
    (value.kind === 'object' &&
      value.props.some(prop => prop.kind === 'named' && prop.name === name && isNow(prop.value))) ||
    childrenOf(value).some(holds)
  return files.some(file => {
    const usage = scope.usage(file)
    if (!usage) return false
    return (
      usage.assigns.some(
        ({ target, value }) => (target.kind === 'member' && target.name === name && isNow(value)) || holds(value),
      ) ||
      usage.calls.some(({ value }) => holds(value)) ||
      usage.functions.some(fn => fn.returns.some(holds)) ||
      Object.values(scope.module(file)?.bindings ?? {}).some(({ value }) => value !== undefined && holds(value))
    )
  })
}
