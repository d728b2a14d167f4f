// The quality gates of every workspace folder. No test is run.
import { isRequired } from '../../../shared/gates.ts'
import type { QualityGatesResult } from '../../../shared/requests.ts'
import { gatesMarkdown } from '../core/gates/gates-markdown.ts'
import { resultsFile } from '../core/gates/results-file.ts'
import { basename, relative } from '../core/text/path.ts'
import { checkGates } from '../host/check-gates.ts'
import { toUri } from './uri.ts'
import type { Workspace } from './workspace.ts'

/** The reports, with a command for each package whose tests have not passed yet. */
export async function qualityGates(workspace: Workspace): Promise<QualityGatesResult> {
  const folders = workspace
    .folders()
    .flatMap(folder => (folder.root === undefined ? [] : [{ folder, root: folder.root }]))
  const found = await Promise.all(
    folders.map(async ({ folder, root }) => {
      const { analyzer, view } = folder
      const gates = await checkGates({
        root,
        analyzer,
        settings: folder.settings(),
        sources: folder.sources(),
        text: view.text,
        isOpen: file => workspace.documents.get(file) !== undefined,
      })
      return { root, ...gates }
    }),
  )
  const isWaiting = ({ report }: (typeof found)[number]) =>
    report.stores.some(store =>
      store.gates.some(gate => isRequired(gate) && gate.tests.length > 0 && gate.state !== 'passed'),
    )
  return {
    reports: found.map(({ root, report, problems, unread }) => ({
      folderUri: toUri(root),
      report,
      problems: [...problems, ...unread],
    })),
    markdown: gatesMarkdown(
      found.map(({ root, report, problems, unread }) => ({
        title: found.length > 1 ? basename(root) : undefined,
        report,
        folder: relative(found[0]?.root ?? root, root).replace(/^\.\/|\/$/g, ''),
        problems: [...problems, ...unread],
      })),
    ),
    runs: found
      .filter(isWaiting)
      .flatMap(({ packages }) =>
        packages.map(({ root, command }) => ({ packageUri: toUri(root), command, resultsFile })),
      ),
  }
}
