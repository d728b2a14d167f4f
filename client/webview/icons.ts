// The icons: strokes on a field of 16 pixels, in the colour of the text around them.
import { s } from './dom.ts'

const paths = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.4 10.4L14 14',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  focus: 'M8 5.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5M8 1v3M8 12v3M1 8h3M12 8h3',
  fold: 'M3 4.5h10M3 8h10M5.5 12L8 10l2.500 2',
  rows: 'M3 4h10M3 8h10M3 12h10',
  compare: 'M5 2v8.500M2.500 8L5 10.500L7.500 8M11 14V5.500M8.500 8L11 5.500L13.500 8',
  save: 'M8 2v8M4.5 7L8 10.5L11.500 7M2.5 13.500h11',
  reset: 'M3 3v3.500h3.500M3.300 6.300A5.300 5.300 0 1 1 2.800 9.500',
  key: 'M5 6.500a2.600 2.600 0 1 1 0 5.200a2.600 2.600 0 0 1 0-5.200M7 7.300L13 2.500M10.500 4.500l2 2.200',
  link: 'M6.700 9.300L9.300 6.700M7.300 4.600l1.300-1.300a2.900 2.900 0 0 1 4.100 4.100l-1.300 1.300M8.700 11.400l-1.300 1.300a2.900 2.900 0 0 1-4.100-4.100l1.300-1.300',
  index: 'M9 1.800L3.800 9H7.500L6.800 14.200L12.200 6.800H8.500Z',
  error:
    'M8 1.800a6.200 6.200 0 1 1 0 12.400a6.200 6.200 0 0 1 0-12.400M5.700 5.700l4.600 4.600M10.300 5.700l-4.600 4.600',
  warning: 'M8 2L14.500 13.500H1.500ZM8 6.200v3.600M8 11.300v.9',
  info: 'M8 1.800a6.200 6.200 0 1 1 0 12.400a6.200 6.200 0 0 1 0-12.400M8 7.200v4M8 4.700v.9',
  close: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  code: 'M5.500 4.500L2 8l3.500 3.500M10.500 4.500L14 8l-3.500 3.500',
  panel: 'M2 3h12v10H2ZM10 3v10',
  schema: 'M2 2.500h5v4H2ZM9 9.500h5v4H9ZM4.500 6.500v5H9M2 4h5M9 11h5',
  bulb: 'M5.800 11.500C5.800 9.800 4 9 4 6.300a4 4 0 0 1 8 0c0 2.700-1.800 3.500-1.800 5.200ZM6.300 14h3.400',
} as const

export type IconName = keyof typeof paths

/** An icon that says nothing to screen readers: what stands beside it, or the label around it, does. */
export const icon = (name: IconName, kind = ''): SVGSVGElement =>
  s('svg', { class: `icon ${kind}`.trim(), viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: paths[name] }))
