// Keeps compiled code between starts, where Node can (22.1 and newer: that of VS Code).
import module from 'node:module'
import path from 'node:path'

/** Keeps the code that is loaded from now on, above all the parser's 3 MB, in a folder below `cacheDir`. */
export function keepCompiledCode(cacheDir: string): void {
  const { enableCompileCache } = module as { enableCompileCache?: (dir: string) => unknown }
  enableCompileCache?.(path.join(cacheDir, 'code'))
}
