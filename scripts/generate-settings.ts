// Writes what is derived from the table of settings: package.json's configuration, docs/settings.md and the JSON schema
// of offline-storage.config.json. Alone: npx tsx scripts/generate-settings.ts [--check] (exit code 1 when a file is not current).
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { AnyRule } from '../server/src/core/rules/rule.ts'
import { settingsSchema, severitySetting } from '../server/src/core/settings.ts'

type Json = Record<string, unknown>
/** The part of a rule that settings show. */
export type SettingRule = Pick<AnyRule, 'id' | 'severity' | 'docs'>

const section = 'offlineStorage'
const root = path.join(import.meta.dirname, '..')

/** Every file derived from the settings, by its path in the repository, as it should read. */
export function settingsFiles(rules: readonly SettingRule[]): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  manifest.contributes.configuration = configuration(rules)
  return new Map([
    ['package.json', formatted('package.json', JSON.stringify(manifest, null, 2))],
    ['docs/config.schema.json', formatted('config.schema.json', JSON.stringify(configFileSchema(rules), null, 2))],
    ['docs/settings.md', settingsPage(rules)],
  ])
}

/** The `contributes.configuration` of package.json. */
export function configuration(rules: readonly SettingRule[]): Json {
  const properties: Record<string, Json> = {}
  for (const [name, schema] of Object.entries(singleSettings())) {
    if (onlyInFile.has(name)) continue
    const { description, ...rest } = schema
    const shape = name === 'rules' ? rulesShape(rules, 'markdownDescription') : {}
    properties[`${section}.${name}`] = { ...rest, ...shape, markdownDescription: description, scope: 'resource' }
  }
  return { title: 'Offline Storage', properties: { ...properties, ...clientProperties } }
}

/** The JSON schema of offline-storage.config.json. */
export function configFileSchema(rules: readonly SettingRule[]): Json {
  const properties = settingProperties()
  properties['rules'] = { ...properties['rules'], ...rulesShape(rules, 'description') }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Offline Storage',
    description: 'Settings of Offline Storage for the folder of this file and everything below it.',
    type: 'object',
    properties,
    additionalProperties: false,
  }
}

/** docs/settings.md. */
export function settingsPage(rules: readonly SettingRule[]): string {
  const settings = Object.entries(singleSettings()).map(
    ([name, { description, default: fallback }]) => `### \`${name}\`

${description}${onlyInFile.has(name) ? ' Only in the file.' : ''}

Default: \`${JSON.stringify(fallback)}\`
`,
  )
  const rows = rules.map(({ id, severity, docs }) => `| [${id}](rules/${id}.md) | ${severity} | ${cell(docs.what)} |`)
  const ruleTable = ['| Rule | Severity | What it finds |', '|---|---|---|', ...rows].join('\n')
  return `<!-- Written by scripts/generate-settings.ts. -->
# Settings

In the editor each name has the prefix \`${section}.\`; in \`offline-storage.config.json\`, which the CLI reads too, it has none.
A setting in the file wins over the editor's.

${settings.join('\n')}
## Only in the editor

### \`${section}.trace.server\`

${clientProperties[`${section}.trace.server`].markdownDescription}

Default: \`"off"\`

## Rules

${rules.length === 0 ? 'None yet.' : ruleTable}
`
}

/** What belongs to the code of one app, and is no habit of a person. */
const onlyInFile: ReadonlySet<string> = new Set(['sync'])

const clientProperties = {
  [`${section}.trace.server`]: {
    type: 'string',
    enum: ['off', 'messages', 'verbose'],
    default: 'off',
    scope: 'window',
    markdownDescription: 'Writes the messages between the editor and the language server to the output channel.',
  },
} as const

/** Each setting as JSON schema, in the order of the table. */
function settingProperties(): Record<string, Json> {
  const { properties } = z.toJSONSchema(settingsSchema, { target: 'draft-7', io: 'input' })
  return Object.fromEntries(
    Object.entries((properties ?? {}) as Record<string, Json>).map(([k, v]) => [k, withType(v)]),
  )
}

/** The settings as people set them in an editor: those of a group one by one, `codeLens.enabled`. */
const singleSettings = (): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(settingProperties()).flatMap(([name, schema]) =>
      schema['properties']
        ? Object.entries(schema['properties'] as Record<string, Json>).map(([key, one]) => [`${name}.${key}`, one])
        : [[name, schema]],
    ),
  )

/** Says the type of a union of strings beside the union: editors show a text box only for a property with a type. */
function withType(schema: Json): Json {
  const branches = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as Json[]) : []
  return branches.length > 0 && branches.every(({ type }) => type === 'string') ? { type: 'string', ...schema } : schema
}

/** `rules` with every known rule by name, so that editors complete ids and show what each is about. */
function rulesShape(rules: readonly SettingRule[], description: 'description' | 'markdownDescription'): Json {
  const severities = severitySetting.options
  return {
    type: 'object',
    properties: Object.fromEntries(
      rules.map(({ id, severity, docs }) => [id, { enum: severities, default: severity, [description]: docs.what }]),
    ),
    additionalProperties: { enum: severities },
  }
}

const formatted = (name: string, json: string): string =>
  execFileSync(
    process.execPath,
    [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${name}`],
    {
      input: json,
      cwd: root,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

async function main(check: boolean): Promise<void> {
  let stale = 0
  for (const [file, text] of settingsFiles(await registeredRules())) {
    const full = path.join(root, file)
    if (existsSync(full) && readFileSync(full, 'utf8') === text) continue
    stale++
    if (!check) writeFileSync(full, text)
    console.log(`${check ? 'not current' : 'written'}: ${file}`)
  }
  if (check && stale > 0) process.exitCode = 1
}

async function registeredRules(): Promise<readonly SettingRule[]> {
  const registry = path.join(root, 'server/src/core/rules/all.ts')
  if (!existsSync(registry)) return []
  const { rules }: { rules: readonly SettingRule[] } = await import(pathToFileURL(registry).href)
  return rules
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes('--check'))
