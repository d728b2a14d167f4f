// The source text of a module that copies AsyncStorage to MMKV without losing anything, wherever the app stops in it.
import { quoted } from '../../../write/style.ts'
import { codeIn } from './code-in-style.ts'
import type { NewHome } from './new-file.ts'

/** What is copied, and where to. */
export interface CopyWish {
  /** The package of AsyncStorage. */
  readonly library: string
  /** The keys; all of them where it is undefined. */
  readonly keys: readonly string[] | undefined
  /** The name of the instance, and the statement that imports it. */
  readonly storage: string
  readonly imported: string
  readonly major: number
}

/** The flag that all is copied; a later copy would have the next number. */
export const doneFlag = '__migration:1'

/**
 * The text of the module. Everything between reading a value and marking it as copied runs without a pause, so that
 * nothing which the app stores meanwhile is overwritten; a mark keeps what the app removes from coming back.
 */
export function copyText({ library, keys, storage, imported, major }: CopyWish, { style, isTyped }: NewHome): string {
  const code = codeIn(style)
  const typed = (text: string) => (isTyped ? text : '')
  const remove = `${storage}.${major >= 4 ? 'remove' : 'delete'}`
  const list = keys?.map((key, i) => {
    const comma = i < keys.length - 1 || style.trailingComma ? ',' : ''
    return `${style.indent}${quoted(key, style)}${comma}\n`
  })
  const names = list ? code`\nconst keys = [\n${list.join('')}];\n` : ''
  return code`// Copies what AsyncStorage holds to MMKV, as the texts that they are. AsyncStorage keeps its values: empty it some releases later.
import AsyncStorage from ${quoted(library, style)};
${imported}

/** Written last, when everything is copied. */
const done = '${doneFlag}';
/** Stands before each key that is copied, until all are. */
const copied = '${doneFlag}:';
${names}
/**
 * Wait for it before anything else reads the storage; where the app stopped in it, the next start goes on. Gives the keys
 * that could not be copied: they are tried again at the next start.
 */
export async function copyAsyncStorage()${typed(': Promise<string[]>')} {
  const failed${typed(': string[]')} = [];
  if (${storage}.contains(done)) return failed;
  for (const key of ${keys ? 'keys' : 'await AsyncStorage.getAllKeys()'}) {
    try {
      await copy(key);
    } catch (error) {
      console.warn(\`"\${key}" was not copied to MMKV.\`, error);
      failed.push(key);
    }
  }
  if (failed.length > 0) return failed;
  ${storage}.set(done, true);
  for (const key of ${storage}.getAllKeys()) if (key.startsWith(copied)) ${remove}(key);
  return failed;
}

async function copy(key${typed(': string')})${typed(': Promise<void>')} {
  const value = await AsyncStorage.getItem(key);
  // What the app has stored or removed since then is newer.
  if (${storage}.contains(copied + key)) return;
  if (typeof value === 'string' && !${storage}.contains(key)) {
    ${storage}.set(key, value);
    if (${storage}.getString(key) !== value) {
      ${remove}(key);
      throw new Error('It reads differently from what was written.');
    }
  }
  ${storage}.set(copied + key, true);
}
`
}

/** The text of a module with migrations of what MMKV holds, each run once. */
export function runnerText({ storage, imported }: Pick<CopyWish, 'storage' | 'imported'>, home: NewHome): string {
  const { style, isTyped } = home
  const code = codeIn(style)
  const typed = (text: string) => (isTyped ? text : '')
  return code`// Brings what MMKV holds to the form that this release expects.
${imported}

const versionKey = '__schemaVersion';
${isTyped ? code`\ninterface Migration {\n  readonly version: number;\n  readonly up: () => void;\n}\n` : ''}
/**
 * In the order of their versions, for example:
 * \`{ version: 1, up: () => ${storage}.set(${quoted('count', style)}, Number(${storage}.getString(${quoted('count.text', style)}) ?? 0)) }\`.
 * Where the app stops in a step, it runs again: so write under a new key, and let the old one be.
 */
const migrations${typed(': readonly Migration[]')} = [];

/** Runs every step that this phone has not had. Call it at the start, before anything else reads the storage. */
export function migrateStorage()${typed(': void')} {
  const reached = ${storage}.getNumber(versionKey) ?? 0;
  for (const { version, up } of migrations) {
    if (version <= reached) continue;
    up();
    ${storage}.set(versionKey, version);
  }
}
`
}
