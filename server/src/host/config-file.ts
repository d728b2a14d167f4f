// Reads offline-storage.config.json, and says of everything wrong in it where it stands.
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { type Settings, settingsSchema } from '../core/settings.ts'
import { closest } from '../core/text/similar.ts'
import { jsonErrorWords } from './json-error.ts'
import type { Problem } from './problem.ts'

/** The name of the file, in the workspace folder. */
export const configFileName = 'offline-storage.config.json'

/** A problem whose place is known. Offsets count UTF-16 code units from 0. */
export interface ConfigProblem extends Problem {
  readonly offset: number
  readonly length: number
}

/** The settings that a config file gives, without defaults, and what is wrong with it. */
export interface ConfigReading {
  readonly settings: Partial<Settings>
  readonly problems: readonly ConfigProblem[]
}

/**
 * Reads the text of the config file `file`. Comments and trailing commas are allowed. A key that is wrong is a problem
 * and counts as not given; the others hold. `ruleIds` are all rules there are.
 */
export function readConfigFile(file: string, text: string, ruleIds: readonly string[]): ConfigReading {
  const problems: ConfigProblem[] = []
  const report = (at: { offset: number; length: number }, message: string): void => {
    problems.push({ file, offset: at.offset, length: at.length, message })
  }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  // What follows the first error mostly follows from it.
  const [error] = errors
  if (error) report(error, `This is not valid JSON: ${jsonErrorWords(error)}.`)
  if (!tree) return { settings: {}, problems }
  if (tree.type !== 'object') {
    report(tree, 'Settings are an object: `{ "rules": { … } }`.')
    return { settings: {}, problems }
  }
  const settings: Record<string, unknown> = {}
  for (const { key, keyAt, value } of entriesOf(tree)) {
    if (key === '$schema' || !value) continue
    if (!isSetting(key))
      report(keyAt, `There is no setting \`${key}\`.${didYouMean(key, Object.keys(settingsSchema.shape))}`)
    else if (key === 'rules') settings[key] = readRules(value, ruleIds, report)
    else {
      const result = settingsSchema.shape[key].safeParse(dataOf(value))
      if (result.success) settings[key] = result.data
      else {
        const issue = result.error.issues[0]
        const path = (issue?.path ?? []).filter(part => typeof part !== 'symbol')
        report(findNodeAtLocation(value, path) ?? value, `\`${key}\` ${expectations[key]}`)
      }
    }
  }
  return { settings, problems }
}

type Key = keyof typeof settingsSchema.shape

const isSetting = (key: string): key is Key => Object.hasOwn(settingsSchema.shape, key)

const expectations: Readonly<Record<Exclude<Key, 'rules'>, string>> = {
  baseline: 'is "auto", "none", "snapshot", "git" or "git:<revision>".',
  watermelondbPackages: 'is a list of package names: `["nitromelondb"]`.',
  exclude: 'is a list of patterns in the syntax of .gitignore: `["legacy/"]`.',
  sync: 'is a list of plans, each with store, target, transport, endpoint, folder, conflicts, deletes, audit and tests, as "Generate Sync Layer" writes them.',
  gates: 'is an object with paths inside of the folder: `{ "results": ["reports/jest.json"] }`.',
  codeLens: 'is an object: `{ "enabled": false }`.',
  inlayHints: 'is an object: `{ "enabled": true }`.',
}

/** Reads `rules` key by key, so that one wrong entry does not take the others with it. */
function readRules(
  value: Node,
  ruleIds: readonly string[],
  report: (at: Node, message: string) => void,
): Settings['rules'] | undefined {
  if (value.type !== 'object') {
    report(value, '`rules` is an object of rule ids and severities: `{ "watermelondb/missing-migration": "error" }`.')
    return undefined
  }
  const rules: Settings['rules'] = {}
  for (const { key, keyAt, value: severity } of entriesOf(value)) {
    if (!severity) continue
    const read = settingsSchema.shape.rules.safeParse({ [key]: dataOf(severity) })
    if (!ruleIds.includes(key)) report(keyAt, `There is no rule \`${key}\`.${didYouMean(key, ruleIds)}`)
    else if (read.success) rules[key] = read.data[key]!
    else report(severity, 'A severity is "error", "warning", "info" or "off".')
  }
  return rules
}

const didYouMean = (word: string, known: readonly string[]): string => {
  const near = closest(word, known) ?? known.find(id => id.endsWith(`/${word}`))
  return near === undefined ? '' : ` Did you mean \`${near}\`?`
}

function entriesOf(node: Node): { key: string; keyAt: Node; value: Node | undefined }[] {
  return (node.children ?? []).flatMap(property => {
    const [keyAt, value] = property.children ?? []
    return keyAt ? [{ key: String(keyAt.value), keyAt, value }] : []
  })
}

function dataOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(dataOf)
  if (node.type === 'object')
    return Object.fromEntries(entriesOf(node).map(({ key, value }) => [key, value && dataOf(value)]))
  return node.value
}
