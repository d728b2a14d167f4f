// The settings in force for a folder: the editor's, over them those of the folder's config file.
import { defaultSettings, type Settings, settingsSchema } from '../core/settings.ts'
import { configFileName, readConfigFile } from '../host/config-file.ts'
import { readText } from '../host/read-text.ts'
import type { Documents } from './documents.ts'
import type { Notices } from './notices.ts'
import type { Log } from './run-safe.ts'

/** Where settings are looked for. */
export interface SettingsSource {
  readonly root: string | undefined
  readonly documents: Documents
  readonly notices: Notices
  readonly log: Log
  /** False in an untrusted workspace: the config file is checked, and not obeyed. */
  readonly trusted: boolean
  readonly ruleIds: readonly string[]
  /** What the editor has under our section. */
  readonly editor: unknown
}

/** Reads the settings, and leaves notices about the config file where it is wrong. */
export async function readFolderSettings(source: SettingsSource): Promise<Settings> {
  const editor = readEditorSettings(source.editor, source.log)
  const file = source.root === undefined ? undefined : `${source.root}/${configFileName}`
  const text = file === undefined ? undefined : await textOf(file, source.documents)
  if (file === undefined || text === undefined) {
    source.notices.setAll('config', [])
    return { ...defaultSettings, ...editor }
  }
  const config = readConfigFile(file, text, source.ruleIds)
  source.notices.setAll(
    'config',
    config.problems.map(({ message, offset, length }) => ({
      rule: 'offline-storage/config',
      severity: 'warning',
      message,
      file,
      span: { start: offset, end: offset + length },
    })),
  )
  if (!source.trusted) return { ...defaultSettings, ...editor }
  const rules = { ...editor.rules, ...config.settings.rules }
  return { ...defaultSettings, ...editor, ...config.settings, rules }
}

/** Takes each setting by itself, so that a wrong one does not take the others with it. */
function readEditorSettings(value: unknown, log: Log): Partial<Settings> {
  if (typeof value !== 'object' || value === null) return {}
  const given = value as Readonly<Record<string, unknown>>
  const settings: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    if (given[key] === undefined || given[key] === null) continue
    const result = schema.safeParse(given[key])
    if (result.success) settings[key] = result.data
    else
      log(
        `The setting offlineStorage.${key} is not understood and counts as not given: ${result.error.issues[0]?.message}`,
      )
  }
  return settings
}

async function textOf(file: string, documents: Documents): Promise<string | undefined> {
  const open = documents.get(file)
  if (open) return open.text.toString()
  const result = await readText(file)
  return result.problem === undefined ? result.text : undefined
}
