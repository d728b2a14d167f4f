// Searches the text of an app for keys of MMKV that are written in the calls that read them.
import { claim, type Reader } from './real-apps-scan-names.ts'

const reads =
  /\b(?:getString|getNumber|getBoolean|getBuffer|useMMKV(?:String|Number|Boolean|Buffer|Object)(?:<[^()]*>)?)\(\s*(['"])([^'"\n\\]+)\1/g

/** `instances` tells which instance has a key; a key that several have is nobody's, as a search cannot tell them apart. */
export function readKeys(reader: Reader, file: string, instances: ReadonlyMap<string, readonly string[]>): void {
  for (const { index, 0: found, 2: key } of reader.files.get(file)!.plain.matchAll(reads)) {
    const owners = instances.get(key!) ?? []
    if (owners.length !== 1) continue
    const end = index + found.length - 1
    claim(reader, file, { start: end - key!.length, end, texts: [key!], isLiteral: true }, 'key', owners[0]!)
  }
}
