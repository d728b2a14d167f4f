// Comments that silence rules.
import { ts } from 'ts-morph'
import type { Mutable } from '../source/reading.ts'
import type { Span } from '../text/span.ts'
import type { Silence } from './file-facts.ts'

/** The word that every silencing comment begins with. */
export const silenceWord = 'offline-storage-disable'

/**
 * The silencing comments of `tree`, in the order of the text: `// offline-storage-disable-next-line rule, rule -- reason`,
 * and `/* offline-storage-disable rule *\/` for the whole file. Only comments count, not the same words in a string.
 * A comment that stands above another such comment means the line below both.
 */
export function readSilences(tree: ts.SourceFile): readonly Silence[] {
  const { text } = tree
  const silences: Mutable<Silence>[] = []
  let from = 0
  for (;;) {
    const found = text.indexOf(silenceWord, from)
    if (found < 0) break
    from = found + silenceWord.length
    const comment = commentAt(tree, found)
    if (!comment) continue
    const silence = parseComment(text, comment)
    if (silence) silences.push(silence)
    from = comment.end
  }
  for (let i = silences.length - 2; i >= 0; i--) {
    const { target } = silences[i]!
    const next = silences[i + 1]!
    const isAlone = target && next.target && /^\s*$/.test(text.slice(target.start, next.at.start))
    if (isAlone && next.at.start >= target.start && next.at.end <= target.end) silences[i]!.target = { ...next.target! }
  }
  return silences
}

/** The silencing comments of a text of SQL: `-- offline-storage-disable-next-line rule`, each on a line of its own. */
export function readSqlSilences(text: string): readonly Silence[] {
  const comments = /^[ \t]*(--[ \t]*offline-storage-disable[^\r\n]*|\/\*[\s*]*offline-storage-disable[\s\S]*?\*\/)/gm
  return [...text.matchAll(comments)].flatMap(({ index, 0: all, 1: comment = '' }) => {
    const end = index + all.length
    return parseComment(text, { start: end - comment.length, end }) ?? []
  })
}

/** The comment around `offset`; undefined when no comment is there. */
export function commentAt(tree: ts.SourceFile, offset: number): Span | undefined {
  let node: ts.Node = tree
  let gapStart = 0
  let gapEnd = tree.end
  for (;;) {
    let inner: ts.Node | undefined
    gapStart = Math.max(gapStart, node.pos)
    gapEnd = Math.min(gapEnd, node.end)
    ts.forEachChild(node, child => {
      if (child.end <= offset) gapStart = Math.max(gapStart, child.end)
      else if (child.pos <= offset) inner ??= child
      else gapEnd = Math.min(gapEnd, child.pos)
    })
    if (!inner) break
    node = inner
    const start = node.getStart(tree)
    // The comments before a node belong to it.
    if (offset < start) return scanComments(tree.text, Math.max(gapStart, node.pos), start, offset)
  }
  if (node.kind < ts.SyntaxKind.FirstNode || node.kind === ts.SyntaxKind.JsxText) return undefined
  return scanComments(tree.text, gapStart, gapEnd, offset)
}

/** Looks for the comment around `offset` in a stretch that holds only signs, blanks and comments. */
function scanComments(text: string, start: number, end: number, offset: number): Span | undefined {
  for (let at = start; at <= offset && at < end; at++) {
    if (text[at] !== '/') continue
    const isLine = text[at + 1] === '/'
    if (!isLine && text[at + 1] !== '*') continue
    const close = isLine ? lineEnd(text, at) : text.indexOf('*/', at + 2)
    const stop = isLine ? close : close < 0 ? text.length : close + 2
    if (offset < stop) return { start: at, end: stop }
    at = stop - 1
  }
  return undefined
}

function parseComment(text: string, comment: Span): Silence | undefined {
  const isLine = text[comment.start + 1] === '/'
  const bodyEnd = isLine || !text.startsWith('*/', comment.end - 2) ? comment.end : comment.end - 2
  const body = text.slice(comment.start + 2, bodyEnd)
  const head = /^[\s*]*offline-storage-disable(-next-line)?(?![\w-])/.exec(body)
  if (!head) return undefined
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(body.slice(head[0].length))
  const listEnd = dashes ? head[0].length + dashes.index : body.length
  const listStart = comment.start + 2 + head[0].length
  const rules = [...body.slice(head[0].length, listEnd).matchAll(/[\w@][\w@/.-]*/g)].map(match => ({
    id: match[0],
    at: { start: listStart + match.index, end: listStart + match.index + match[0].length },
  }))
  const scope = head[1] ? 'next-line' : 'file'
  const silence: Mutable<Silence> = { at: { ...comment }, scope, rules }
  const reason = dashes ? body.slice(listEnd + dashes[0].length).trim() : ''
  if (reason) silence.reason = reason
  if (scope === 'next-line') silence.target = lineBelow(text, comment.end)
  return silence
}

/** The line below the one that `offset` is in, without its line break; empty at the end of the text. */
function lineBelow(text: string, offset: number): Span {
  let start = lineEnd(text, offset)
  if (text[start] === '\r' && text[start + 1] === '\n') start++
  start = Math.min(start + 1, text.length)
  return { start, end: lineEnd(text, start) }
}

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) return at
  }
  return text.length
}
