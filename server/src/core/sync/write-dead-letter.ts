// Writes what keeps an operation that is given up.
import type { Fix, FixContext } from '../rules/rule.ts'
import { lineIndent, styleOf } from '../write/style.ts'
import type { GivenUp } from './drops.ts'
import { storesId } from './requests.ts'
import type { Drain, Persist, QueueCode } from './types.ts'

/**
 * Keeps the operation before it is taken out: under a key of its own where the queue is kept under a key, else in a list
 * of its class, which somebody has to store. Undefined where the statement cannot be read.
 */
export function writeDeadLetter(queue: QueueCode, drain: Drain, given: GivenUp, context: FixContext): Fix | undefined {
  const { file } = drain.fn
  const text = context.text(file)
  if (text === undefined || !given.taken) return undefined
  return storeIt(queue, file, text, given) ?? collectIt(file, text, given.taken)
}

function storeIt(queue: QueueCode, file: string, text: string, { taken, of }: GivenUp): Fix | undefined {
  const persist = queue.persists.find(one => one.by === 'key-value' && one.called.file === file && isReachable(one))
  const [key] = persist?.called.call.args ?? []
  if (!persist || !key || !of || !taken || !storesId(queue)) return undefined
  const { start } = taken
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  if (text.slice(lineStart, start).trim() !== '') return undefined
  const operation = text.slice(of.at.start, of.at.end)
  const base = key.kind === 'string' ? key.text : `\${${text.slice(key.at.start, key.at.end)}}`
  const { semicolon, newline } = styleOf(text)
  const { callee } = persist.called.call
  const wait = persist.called.use === 'awaited' ? 'await ' : ''
  const call = `${text.slice(callee.at.start, callee.at.end)}(\`${base}-failed-\${${operation}.id}\`, JSON.stringify(${operation}))`
  const line = `${lineIndent(text, start)}${wait}${call}${semicolon}${newline}`
  return {
    title: 'Store it as a failed operation first',
    safe: false,
    edits: [{ file, start: lineStart, end: lineStart, text: line }],
  }
}

/** True where the storage and its key go by names that mean the same in all of the file. */
function isReachable({ called: { call, use } }: Persist): boolean {
  const { callee, args } = call
  const [key] = args
  const isShared = (name: string | undefined) => name !== undefined && !name.includes('#')
  const isKnown = key?.kind === 'string' || (key?.kind === 'name' && isShared(key.key))
  const isHere = callee.kind === 'member' && callee.of.kind === 'name' && isShared(callee.of.key ?? callee.of.name)
  return isKnown && isHere && (use === 'awaited' || use === 'statement')
}

function collectIt(
  file: string,
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): Fix | undefined {
  const field = /^this\.([\w$]+)\.shift\(\)$/.exec(text.slice(start, end))?.[1]
  if (field === undefined || /\bfailedOperations\b/.test(text)) return undefined
  const name = field.replaceAll('$', '\\$')
  const declared = new RegExp(
    `^([ \\t]*)((?:private |protected |public |readonly )*)${name}(: [^=\\n]+)? = \\[\\](;?)[ \\t]*$`,
    'm',
  ).exec(text)
  if (!declared) return undefined
  const { newline } = styleOf(text)
  const [line, indent = '', modifiers = '', type = '', semicolon = ''] = declared
  const comment = `${indent}/** Given up for now; to be stored like the queue, and to be sent again when somebody asks. */`
  const behind = declared.index + line.length
  return {
    title: 'Move it to a list of failed operations',
    safe: false,
    edits: [
      {
        file,
        start: behind,
        end: behind,
        text: `${newline}${comment}${newline}${indent}${modifiers}failedOperations${type} = []${semicolon}`,
      },
      { file, start, end, text: `this.failedOperations.push(...this.${field}.splice(0, 1))` },
    ],
  }
}
