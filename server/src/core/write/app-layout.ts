// How the app's code is laid out: as its formatter is told, else as its files show it.
import { parse } from 'jsonc-parser'
import type { ScaffoldContext } from '../engines/contract.ts'
import { dirname } from '../text/path.ts'
import { type Style, styleOf } from './style.ts'

/** The habits of an app, and what only a formatter's settings tell apart. */
export interface AppLayout extends Style {
  /** True for `(one) => one`, false for `one => one`. */
  readonly arrowParens: boolean
  /** True where arguments and parameters over several lines end with a comma as well; `trailingComma` is about the other lists. */
  readonly argumentCommas: boolean
  /** The longest line that is wanted. */
  readonly width: number
}

/** The layout of the package: as its formatter is told, or as the files `like` and those around them show. */
export function appLayout(context: ScaffoldContext, like: readonly (string | undefined)[]): AppLayout {
  const shown = shownLayout(context, like)
  for (let folder = context.project.root; folder !== ''; folder = dirname(folder)) {
    const told = toldBy(folder, context, shown)
    if (told) return { ...told, newline: shown.newline }
  }
  return shown
}

/** The habits of the first file, and of the files around it. */
function shownLayout({ catalog }: ScaffoldContext, like: readonly (string | undefined)[]): AppLayout {
  const own = (file: string | undefined) => (file === undefined ? '' : (catalog.text(file) ?? ''))
  const others = catalog.files().slice(0, 12).map(own)
  const all = [...like.map(own), ...others].join('\n')
  const style = styleOf(own(like[0]), styleOf(all))
  const bare = all.match(/[^\w.)\]]\w+ =>/g)?.length ?? 0
  const wrapped = all.match(/\(\w+\) =>/g)?.length ?? 0
  // Who shows neither most likely has a formatter as it comes, which writes semicolons, double quotes and brackets.
  const arrowParens = bare === wrapped ? style.semicolon === ';' && style.quote === '"' : wrapped > bare
  return { ...style, arrowParens, argumentCommas: style.trailingComma, width: defaultWidth }
}

const defaultWidth = 80

const prettierFiles = ['', '.json', '.json5', '.yaml', '.yml', '.js', '.cjs', '.mjs', '.ts'].map(
  ending => `.prettierrc${ending}`,
)

function toldBy(folder: string, { text }: ScaffoldContext, shown: AppLayout): AppLayout | undefined {
  for (const name of [...prettierFiles, 'prettier.config.js', 'prettier.config.mjs', 'prettier.config.cjs']) {
    const found = text(`${folder}/${name}`)
    // Settings of others that are taken in are not known, so the code is asked about them.
    if (found !== undefined)
      return prettierLayout(settingsIn(found), /\.\.\.|require|import/.test(found) ? shown : plain)
  }
  const manifest = objectIn(text(`${folder}/package.json`))
  if (isObject(manifest['prettier'])) return prettierLayout(manifest['prettier'], plain)
  const biome = text(`${folder}/biome.json`) ?? text(`${folder}/biome.jsonc`)
  return biome === undefined ? undefined : biomeLayout(objectIn(biome))
}

/** What Prettier 3 does where it is told nothing. */
const plain: AppLayout = {
  quote: '"',
  semicolon: ';',
  indent: '  ',
  newline: '\n',
  trailingComma: true,
  argumentCommas: true,
  spacedBraces: true,
  arrowParens: true,
  width: defaultWidth,
}

type Settings = Readonly<Record<string, unknown>>

/** The settings of a file in JSON, YAML or JavaScript that names them plainly; the first of each name counts, others are for some files only. */
function settingsIn(text: string): Settings {
  const pairs = [...text.matchAll(/(?:^|[{,])[ \t{]*(['"]?)(\w+)\1[ \t]*:[ \t]*(['"]?)([\w.]+)\3/gm)].reverse()
  return Object.fromEntries(
    pairs.map(([, , name = '', quote, value = '']) => [
      name,
      quote === '' && /^(?:true|false|\d+)$/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  )
}

function prettierLayout(settings: Settings, otherwise: AppLayout): AppLayout {
  const given = <T>(name: string, values: Readonly<Record<string, T>>, fallback: T): T =>
    values[String(settings[name])] ?? fallback
  const tabWidth = settings['tabWidth']
  const spaces = typeof tabWidth === 'number' ? ' '.repeat(tabWidth) : undefined
  return {
    ...otherwise,
    quote: given('singleQuote', { true: "'", false: '"' } as const, otherwise.quote),
    semicolon: given('semi', { true: ';', false: '' } as const, otherwise.semicolon),
    indent: settings['useTabs'] === true ? '\t' : (spaces ?? otherwise.indent),
    trailingComma: given('trailingComma', { all: true, es5: true, none: false }, otherwise.trailingComma),
    argumentCommas: given('trailingComma', { all: true, es5: false, none: false }, otherwise.argumentCommas),
    spacedBraces: given('bracketSpacing', { true: true, false: false }, otherwise.spacedBraces),
    arrowParens: given('arrowParens', { always: true, avoid: false }, otherwise.arrowParens),
    width: typeof settings['printWidth'] === 'number' ? settings['printWidth'] : otherwise.width,
  }
}

function biomeLayout(config: Settings): AppLayout | undefined {
  const general = partOf(config, 'formatter')
  const own = partOf(partOf(config, 'javascript'), 'formatter')
  if (general['enabled'] === false) return undefined
  const of = (name: string): unknown => own[name] ?? general[name]
  const [width, indentWidth] = [of('lineWidth'), of('indentWidth')]
  return {
    ...plain,
    quote: own['quoteStyle'] === 'single' ? "'" : '"',
    semicolon: own['semicolons'] === 'asNeeded' ? '' : ';',
    indent: of('indentStyle') === 'space' ? ' '.repeat(typeof indentWidth === 'number' ? indentWidth : 2) : '\t',
    trailingComma: own['trailingCommas'] !== 'none',
    argumentCommas: (own['trailingCommas'] ?? 'all') === 'all',
    spacedBraces: of('bracketSpacing') !== false,
    arrowParens: own['arrowParentheses'] !== 'asNeeded',
    width: typeof width === 'number' ? width : defaultWidth,
  }
}

const objectIn = (text: string | undefined): Settings => {
  const value: unknown = parse(text ?? '')
  return isObject(value) ? value : {}
}

const partOf = (settings: Settings, name: string): Settings => {
  const part = settings[name]
  return isObject(part) ? part : {}
}

const isObject = (value: unknown): value is Settings => typeof value === 'object' && value !== null
