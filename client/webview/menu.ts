// A button with a menu below it, by mouse and by keyboard.
import { button, h } from './dom.ts'

export interface MenuEntry {
  readonly text: string
  readonly run: () => void
}

/** A button that opens a menu. `sections` are told apart by their titles. */
export function menuButton(
  content: Parameters<typeof button>[0],
  sections: readonly { readonly title: string; readonly entries: readonly MenuEntry[] }[],
): HTMLElement {
  const opener = button(content, () => (menu.hidden ? open() : close()))
  opener.setAttribute('aria-haspopup', 'menu')
  opener.setAttribute('aria-expanded', 'false')
  const items: HTMLButtonElement[] = []
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', hidden: true, 'aria-label': content.text ?? content.label },
    ...sections.map(({ title, entries }) =>
      h(
        'div',
        { role: 'group', 'aria-label': title },
        h('div', { class: 'menu-title', 'aria-hidden': 'true' }, title),
        ...entries.map(({ text, run }) => {
          const item = button({ text }, () => {
            close()
            run()
          })
          item.setAttribute('role', 'menuitem')
          item.tabIndex = -1
          items.push(item)
          return item
        }),
      ),
    ),
  )
  const open = () => {
    menu.hidden = false
    opener.setAttribute('aria-expanded', 'true')
    items[0]?.focus()
  }
  const close = () => {
    if (menu.hidden) return
    menu.hidden = true
    opener.setAttribute('aria-expanded', 'false')
    opener.focus()
  }
  const whole = h('div', { class: 'menu-holder' }, opener, menu)
  menu.addEventListener('keydown', event => {
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
    const step = steps[event.key]
    if (step !== undefined) items.at(step % items.length)?.focus()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  })
  whole.addEventListener('focusout', event => {
    if (event.relatedTarget instanceof Node && whole.contains(event.relatedTarget)) return
    menu.hidden = true
    opener.setAttribute('aria-expanded', 'false')
  })
  return whole
}
