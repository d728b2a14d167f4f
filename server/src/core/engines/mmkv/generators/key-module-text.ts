// The source text of a module with the keys of an instance, and a typed way to read and write each.
import { quoted } from '../../../write/style.ts'
import { type CodeTag, codeIn } from './code-in-style.ts'
import type { Held, KnownKey } from './known-keys.ts'
import { pascal } from './names.ts'
import type { NewHome } from './new-file.ts'

/** What the module is about. */
export interface KeyModule {
  readonly id: string
  /** The name of the instance, and the statement that imports it. */
  readonly storage: string
  readonly imported: string
  readonly major: number
  readonly keys: readonly KnownKey[]
}

const getters: Readonly<Record<Exclude<Held, 'json'>, string>> = {
  string: 'getString',
  number: 'getNumber',
  boolean: 'getBoolean',
  buffer: 'getBuffer',
}

/** The text of the module. */
export function keyModuleText(module: KeyModule, { style, isTyped }: NewHome): string {
  const { id, storage, imported, major, keys } = module
  const code = codeIn(style)
  const typed = (text: string) => (isTyped ? text : '')
  const remove = `${storage}.${major >= 4 ? 'remove' : 'delete'}`
  const lines = keys.map(({ name, text }, i) => {
    const comma = i < keys.length - 1 || style.trailingComma ? ',' : ''
    return `${style.indent}${name}: ${quoted(text, style)}${comma}\n`
  })
  const json = keys.filter(key => key.held === 'json')
  const declared = isTyped ? json.map(({ name, text }) => valueType(code, valueName(name), text)) : []
  return [
    `// The keys of the instance ${JSON.stringify(id)}, each with the type that it holds.\n${imported}\n`,
    code`export const keys = {\n${lines.join('')}}${typed(' as const')};\n`,
    ...declared,
    ...keys.map(({ name, held }) => accessors(code, { name, held, storage, remove, major, typed })),
    ...(json.length > 0 ? [jsonReader(code, storage, typed)] : []),
  ].join('\n')
}

const valueName = (name: string): string => `${pascal(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2'))}Value`

const valueType = (code: CodeTag, name: string, text: string): string =>
  `/** What is stored as JSON under ${JSON.stringify(text)}: say here what it looks like. */\n${code`export type ${name} = unknown;\n`}`

interface Accessors {
  readonly name: string
  readonly held: Held
  readonly storage: string
  readonly remove: string
  readonly major: number
  readonly typed: (text: string) => string
}

function accessors(code: CodeTag, { name, held, storage, remove, major, typed }: Accessors): string {
  const bytes = major >= 3 ? 'ArrayBuffer' : 'Uint8Array'
  const type = held === 'json' ? valueName(name) : held === 'buffer' ? bytes : held
  const [key, capital] = [`keys.${name}`, name.charAt(0).toUpperCase() + name.slice(1)]
  const read = held === 'json' ? `readJson(${key})` : `${storage}.${getters[held]}(${key})`
  const value = held === 'json' ? 'JSON.stringify(value)' : 'value'
  const optional = `${type} | undefined`
  // Version 3 gives bytes as what may be shared memory, and takes none.
  const given = held === 'buffer' && major === 3 ? 'ArrayBufferLike | undefined' : optional
  return code`export const get${capital} = ()${typed(`: ${given}`)} => ${read};

export function set${capital}(value${typed(`: ${optional}`)})${typed(': void')} {
  if (value === undefined) ${remove}(${key});
  else ${storage}.set(${key}, ${value});
}
`
}

/** Reads once, parses where there is something, and tells of what cannot be parsed. */
const jsonReader = (code: CodeTag, storage: string, typed: (text: string) => string): string =>
  code`function readJson(key${typed(': string')})${typed(': unknown')} {
  const text = ${storage}.getString(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    onBadValue(key, error);
    return undefined;
  }
}

/** What becomes of a value that is no JSON: it counts as nothing stored, and stays where it is. */
function onBadValue(key${typed(': string')}, error${typed(': unknown')})${typed(': void')} {
  console.warn(\`The value of "\${key}" is no JSON.\`, error);
}
`
