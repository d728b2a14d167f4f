// Colours and letters of an SVG that stands alone: light, dark, or as its reader's system has it.

const light = {
  paper: '#fbfcfd',
  frame: '#f1f4f7',
  'frame-line': '#d9e0e7',
  card: '#ffffff',
  'card-line': '#c3ced9',
  head: '#e9eff5',
  ink: '#16222e',
  soft: '#5c6b7a',
  line: '#7f90a2',
  key: '#946800',
  link: '#1f6fb2',
  optional: '#7a3fb0',
  mark: '#0b5d6b',
  'mark-ink': '#ffffff',
  error: '#c0271d',
  warning: '#9a6400',
  info: '#1f6fb2',
  added: '#1a7f37',
  removed: '#c0271d',
  changed: '#9a6400',
}

const dark: typeof light = {
  paper: '#14191f',
  frame: '#1a2129',
  'frame-line': '#2c3742',
  card: '#1f2831',
  'card-line': '#3b4a59',
  head: '#283440',
  ink: '#e4ebf2',
  soft: '#9aabbb',
  line: '#6d8094',
  key: '#e3b341',
  link: '#6cb6ff',
  optional: '#cba6f7',
  mark: '#4fb3c2',
  'mark-ink': '#0c1a1e',
  error: '#ff7b72',
  warning: '#e3b341',
  info: '#6cb6ff',
  added: '#57ab5a',
  removed: '#ff7b72',
  changed: '#e3b341',
}

const colors = (palette: typeof light): string =>
  Object.entries(palette)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';')

const shapes = `
.osd text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
.osd .paper{fill:var(--paper)}
.osd .frame{fill:var(--frame);stroke:var(--frame-line)}
.osd .store{fill:none;stroke:var(--frame-line);stroke-width:1.5}
.osd .frame-title{font-weight:600;fill:var(--soft)}
.osd .store-title{font-size:17px;font-weight:600}
.osd .about{font-size:12px;font-weight:400;fill:var(--soft)}
.osd .card{fill:var(--card);stroke:var(--card-line)}
.osd .head{fill:var(--head)}
.osd .rule{stroke:var(--card-line)}
.osd .name{font-size:13px;font-weight:600}
.osd .field{font-size:12px}
.osd .type,.osd .was{font-size:11px;fill:var(--soft)}
.osd .was{text-decoration:line-through}
.osd .optional{fill:var(--optional);font-weight:700}
.osd .relation{fill:none;stroke:var(--line);stroke-width:1.3}
.osd .far{opacity:.4}
.osd .relation-name{font-size:10px;fill:var(--soft);stroke:var(--frame);stroke-width:3px;paint-order:stroke;stroke-linejoin:round}
.osd .icon{fill:none;stroke:currentColor;stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
.osd .primary{color:var(--key)}
.osd .foreign{color:var(--link)}
.osd .indexed{color:var(--soft)}
.osd .engine{fill:var(--mark)}
.osd .engine-text{font-size:10px;font-weight:700;fill:var(--mark-ink)}
${['error', 'warning', 'info'].map(name => `.osd .${name}{color:var(--${name})}`).join('\n')}
${['added', 'removed', 'changed'].map(name => `.osd .is-${name}{stroke:var(--${name});stroke-width:2}.osd .${name}{fill:var(--${name})}`).join('\n')}
.osd .is-removed{stroke-dasharray:5 4}
.osd .sign{font-size:13px;font-weight:700}
.osd .gone{text-decoration:line-through;fill:var(--soft)}
`

/** The style sheet; it concerns what is within the class `osd` alone, wherever the SVG is put. */
export const styleSheet = (theme: 'light' | 'dark' | undefined): string => {
  const fixed = `.osd{${colors(theme === 'dark' ? dark : light)}}`
  const own = theme ? '' : `@media(prefers-color-scheme:dark){.osd{${colors(dark)}}}`
  return `${fixed}${own}${shapes}`
}
