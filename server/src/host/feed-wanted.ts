// Gives an analyzer the files that its references lead to, round by round, until it asks for nothing more.
import type { Analyzer } from '../core/analyze.ts'

/**
 * Calls `give` with each file that `analyzer` wants and that exists, once per file, until no new one is wanted. `give`
 * is handed all files of a round together and sets what it can read; what it cannot read is not asked for again.
 */
export async function feedWanted(
  analyzer: Pick<Analyzer, 'wanted' | 'has'>,
  exists: (file: string) => boolean,
  give: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  const asked = new Set<string>()
  for (;;) {
    const files = [...analyzer.wanted()].filter(file => !asked.has(file) && !analyzer.has(file) && exists(file))
    if (files.length === 0) return
    for (const file of files) asked.add(file)
    await give(files)
  }
}
