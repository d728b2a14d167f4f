// XML as text: elements, with everything that came from elsewhere escaped.

/** Values of attributes; those that are undefined or false are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined | false>>

/** An element; its content is markup already, text in it goes through `escapeXml`. */
export function element(
  name: string,
  attributes: Attributes,
  ...content: readonly (string | undefined | false)[]
): string {
  let text = `<${name}`
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      text += ` ${key}="${typeof value === 'number' ? shortNumber(value) : escapeXml(value)}"`
  const inner = content.filter(Boolean).join('')
  return inner === '' ? `${text}/>` : `${text}>${inner}</${name}>`
}

/** A text as it may stand in an element or an attribute. What XML cannot hold at all is replaced. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, ' ')

/** A number of pixels without needless digits. */
export const shortNumber = (value: number): string => String(Math.round(value * 10) / 10)
