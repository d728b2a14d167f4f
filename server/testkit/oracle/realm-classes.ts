// Runs class models through the real @realm/babel-plugin, as an app's build does.
import { join } from 'node:path'
import { oracleFolder, requireOracle } from './installed.ts'

export interface TranslatedClasses {
  /** The module after the build, `static schema` included. */
  readonly code: string
  /** What the plugin printed: properties that it leaves out. */
  readonly warnings: readonly string[]
}

export interface TranslateOptions {
  /** The path of the module, which says its language: `models.ts` where not said. */
  readonly file?: string
  /** Whether the preset for TypeScript runs too, which takes away imports that only types use; true where not said. */
  readonly preset?: boolean
}

interface Babel {
  transformSync(code: string, options: object): { readonly code?: string | null } | null
}

/** Translates a module. @throws what the build would stop with. */
export function translateClasses(source: string, options: TranslateOptions = {}): TranslatedClasses {
  const babel = requireOracle('@babel/core') as Babel
  const file = options.file ?? 'models.ts'
  const preset = [requireOracle.resolve('@babel/preset-typescript'), { allExtensions: true, isTSX: file.endsWith('x') }]
  const warnings: string[] = []
  const { warn } = console
  console.warn = (...words: readonly unknown[]) => warnings.push(words.join(' '))
  try {
    const result = babel.transformSync(source, {
      filename: join(oracleFolder, file),
      babelrc: false,
      configFile: false,
      presets: options.preset === false ? [] : [preset],
      parserOpts: options.preset === false ? { plugins: ['typescript', 'decorators-legacy'] } : {},
      plugins: [
        requireOracle.resolve('@realm/babel-plugin'),
        [requireOracle.resolve('@babel/plugin-proposal-decorators'), { legacy: true }],
      ],
    })
    return { code: result?.code ?? '', warnings }
  } finally {
    console.warn = warn
  }
}
