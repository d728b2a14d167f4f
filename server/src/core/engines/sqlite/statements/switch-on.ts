// Switches on a part of SQLite that op-sqlite is built without unless a package.json asks for it.
import type { TextEdit } from '../../../text/edit.ts'

/** The edit by which the package.json `text` has `"op-sqlite": { "<name>": true }`; undefined where it cannot be read. */
export function switchOn(file: string, text: string | undefined, name: string): TextEdit | undefined {
  if (text === undefined || !isObject(text)) return undefined
  const off = new RegExp(`("op-sqlite"\\s*:\\s*\\{[^{}]*"${name}"\\s*:\\s*)false\\b`).exec(text)
  if (off) {
    const start = off.index + off[1]!.length
    return { file, start, end: start + 'false'.length, text: 'true' }
  }
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  '
  const own = /"op-sqlite"\s*:\s*\{/.exec(text)
  if (own) {
    const at = own.index + own[0].length
    const isEmpty = /^\s*\}/.test(text.slice(at))
    const end = isEmpty ? (/^\s*\n/.test(text.slice(at)) ? '' : `\n${indent}`) : ','
    return { file, start: at, end: at, text: `\n${indent}${indent}"${name}": true${end}` }
  }
  const last = /\S(?=\s*\}\s*$)/.exec(text)
  if (!last) return undefined
  const at = last.index + 1
  const comma = last[0] === '{' ? '' : ','
  return {
    file,
    start: at,
    end: at,
    text: `${comma}\n${indent}"op-sqlite": {\n${indent}${indent}"${name}": true\n${indent}}`,
  }
}

function isObject(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json)
  } catch {
    return false
  }
}
