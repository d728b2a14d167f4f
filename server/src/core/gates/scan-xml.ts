// The tags of a small XML document, one after the other. It knows no entities but the five plain ones and resolves nothing.

/** A tag. `<a/>` is an opening tag and a closing one. */
export interface Tag {
  readonly name: string
  readonly kind: 'open' | 'close'
  readonly attributes: ReadonlyMap<string, string>
}

/** More would be no report that a person made. */
const mostAttributes = 200

/**
 * The tags in the order of the text; texts between them, comments and CDATA are passed over. Undefined for what is not
 * well-formed, as far as tags go. In time linear in the length of the text.
 */
export function scanXml(text: string): readonly Tag[] | undefined {
  const tags: Tag[] = []
  const open: string[] = []
  let at = text.indexOf('<')
  while (at >= 0) {
    const skipped = skip(text, at)
    if (skipped === undefined) {
      const read = readTag(text, at)
      if (!read) return undefined
      const { tag, isEmpty, end } = read
      if (tag.kind === 'open') open.push(tag.name)
      else if (open.pop() !== tag.name) return undefined
      tags.push(tag)
      if (isEmpty) {
        open.pop()
        tags.push({ name: tag.name, kind: 'close', attributes: new Map() })
      }
      at = text.indexOf('<', end)
    } else {
      if (skipped < 0) return undefined
      at = text.indexOf('<', skipped)
    }
  }
  return open.length === 0 && tags.length > 0 ? tags : undefined
}

const passedOver: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]

/** Behind the comment, CDATA or instruction at `at`; -1 where it has no end, undefined where there is none. */
function skip(text: string, at: number): number | undefined {
  const found = passedOver.find(([start]) => text.startsWith(start, at))
  if (!found) return undefined
  const [start, end] = found
  const close = text.indexOf(end, at + start.length)
  return close < 0 ? -1 : close + end.length
}

interface ReadTag {
  readonly tag: Tag
  readonly isEmpty: boolean
  readonly end: number
}

/** The tag at `at`. A DOCTYPE is none: what it declares is not known here. */
function readTag(text: string, at: number): ReadTag | undefined {
  const head = /<(\/?)([A-Za-z_][\w.:-]*)/y
  head.lastIndex = at
  const [all, slash, name] = head.exec(text) ?? []
  if (all === undefined || name === undefined) return undefined
  const attributes = new Map<string, string>()
  const attribute = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
  let end = at + all.length
  while (attributes.size <= mostAttributes) {
    attribute.lastIndex = end
    const [pair, key, double, single] = attribute.exec(text) ?? []
    if (pair === undefined || key === undefined) break
    attributes.set(key, plain(double ?? single ?? ''))
    end += pair.length
  }
  const tail = /\s*(\/?)>/y
  tail.lastIndex = end
  const [rest, isEmpty] = tail.exec(text) ?? []
  if (rest === undefined || (slash && (isEmpty || attributes.size > 0))) return undefined
  const tag: Tag = { name, kind: slash ? 'close' : 'open', attributes }
  return { tag, isEmpty: isEmpty === '/', end: end + rest.length }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const plain = (text: string): string =>
  text.replace(/&(?:(\w{1,8})|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g, (all, name, decimal, hex) => {
    if (name !== undefined) return entities[name] ?? all
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
