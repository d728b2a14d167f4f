// Makes elements: all text goes in as text, never as markup.

type Child = Node | string | false | undefined
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An HTML element. `true` sets an empty attribute, `false` and undefined leave it out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children)
}

/** An SVG element. */
export function s<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

function filled<Made extends Element>(element: Made, attributes: Attributes, children: readonly Child[]): Made {
  setAttributes(element, attributes)
  for (const child of children) if (child) element.append(child)
  return element
}

/** Sets what differs; `false` and undefined take an attribute away. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
}

/** A button with a text, an icon or both; one with only an icon needs a `label`. */
export function button(
  content: { readonly icon?: Node; readonly text?: string; readonly label?: string; readonly kind?: string },
  onClick: (event: MouseEvent) => void,
): HTMLButtonElement {
  const { icon, text, label, kind = '' } = content
  const made = h(
    'button',
    { type: 'button', class: kind, title: label, 'aria-label': label },
    icon,
    text !== undefined && h('span', { class: 'word' }, text),
  )
  made.addEventListener('click', onClick)
  return made
}
