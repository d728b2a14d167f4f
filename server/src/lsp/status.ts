// Tells the person what the server is doing: progress while it reads, and the numbers for the status bar.
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node'
import { type Status, statusNotification } from '../../../shared/requests.ts'
import { limitHeapGrowth } from '../host/heap.ts'
import type { Folder } from './folder.ts'
import type { Progress } from './folder-files.ts'

/** What is shown. */
export interface StatusReporter {
  /** Runs `load` of a folder and shows its progress until the folder is read. */
  reading(folder: Folder, load: (progress: Progress) => void): void
  /** Sends the numbers, if they have changed. */
  update(): void
}

/** Shows progress where the editor can; `numbers` gives what the status bar shows. */
export function createStatus(connection: Connection, numbers: () => Omit<Status, 'state'>): StatusReporter {
  let open = 0
  let sent = ''
  let bar: Promise<WorkDoneProgressServerReporter> | undefined

  const update = () => {
    const status: Status = { state: open > 0 ? 'reading' : 'ready', ...numbers() }
    const text = JSON.stringify(status)
    if (text === sent) return
    sent = text
    void connection.sendNotification(statusNotification, status)
  }
  const begin = () => {
    bar ??= connection.window.createWorkDoneProgress().then(progress => {
      progress.begin('Offline Storage', 0, 'reading the workspace')
      return progress
    })
    return bar
  }
  const end = async () => {
    const ended = bar
    bar = undefined
    ;(await ended)?.done()
  }
  return {
    reading(folder, load) {
      open++
      limitHeapGrowth('starting')
      const shown = begin()
      load((done, total) => void shown.then(progress => progress.report(Math.floor((100 * done) / Math.max(1, total)))))
      void folder.ready().then(() => {
        if (open > 0) limitHeapGrowth('reading')
      })
      folder.loaded().then(() => {
        open--
        if (open === 0) {
          limitHeapGrowth('serving')
          void end()
        }
        update()
      })
      update()
    },
    update,
  }
}
