// The little signs of an SVG, drawn once and used by name, on a field of 16 pixels.
import { element } from './xml.ts'

const paths = {
  key: 'M5 6.5a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 0 1 0-5.2M7 7.3L13 2.5M10.5 4.5l2 2.2',
  link: 'M6.700 9.3L9.3 6.7M7.3 4.6l1.3-1.3a2.9 2.9 0 0 1 4.1 4.1l-1.3 1.3M8.7 11.4l-1.3 1.3a2.9 2.9 0 0 1-4.1-4.100l1.3-1.3',
  index: 'M9 1.8L3.8 9H7.5L6.8 14.2L12.2 6.8H8.5Z',
  error: 'M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 0 1 0-12.4M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  warning: 'M8 2L14.5 13.5H1.5ZM8 6.2v3.6M8 11.3v.9',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 0 1 0-12.4M8 7.2v4M8 4.7v.9',
} as const

export type IconName = keyof typeof paths

/** The definitions that `icon` refers to. */
export const iconDefinitions = (): string =>
  element(
    'defs',
    {},
    ...Object.entries(paths).map(([name, d]) =>
      element('symbol', { id: `osd-${name}`, viewBox: '0 0 16 16' }, element('path', { d })),
    ),
  )

/** An icon of `size` pixels with its corner at `x`, `y`; `kind` is a class that gives it its colour. */
export const icon = (name: IconName, kind: string, x: number, y: number, size = 13): string =>
  element('use', { href: `#osd-${name}`, class: `icon ${kind}`, x, y, width: size, height: size })
