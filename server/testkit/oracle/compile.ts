// Turns the sources of an app into CommonJS, file by file, as Metro would: a wrong import is undefined, not a build error.
import { transform } from 'esbuild'

/** Compiles one file. Types (and simple Flow types) go, legacy decorators are applied, fields are assigned, not defined. */
export async function compile(path: string, source: string): Promise<string> {
  if (path.endsWith('.json')) return `module.exports = ${source}`
  const isTypeScript = /\.tsx?$/.test(path)
  // The one common Flow type that is no TypeScript; `: ?` stands nowhere else in JavaScript.
  const { code } = await transform(isTypeScript ? source : source.replace(/: \?(?=\w)/g, ': '), {
    // JavaScript goes through the TypeScript loader too: esbuild applies legacy decorators nowhere else.
    loader: path.endsWith('.ts') ? 'ts' : 'tsx',
    format: 'cjs',
    target: 'node20',
    jsx: 'automatic',
    sourcefile: path,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  })
  return code
}

/** Compiles the body of an async function to an expression that is the function `__snippet`. */
export async function compileBody(body: string): Promise<string> {
  const { code } = await transform(`async function __snippet() {\n${body}\n}`, { loader: 'ts', target: 'node20' })
  return code
}
