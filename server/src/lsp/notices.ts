// Notices about files, by who gave them, so that each giver can take back its own.
import type { Notice } from './view.ts'

/** Who gives notices. */
type Giver = 'text' | 'config' | 'snapshots'

/** The notices of one folder. */
export interface Notices {
  /** All that `giver` has to say of `file` from now on. */
  set(giver: Giver, file: string, notices: readonly Notice[]): void
  /** All that `giver` has to say of any file from now on. */
  setAll(giver: Giver, notices: readonly Notice[]): void
  of(file: string): readonly Notice[]
  files(): Iterable<string>
  /** Files whose notices changed since the last call. */
  takeChanged(): ReadonlySet<string>
}

/** No notices. */
export function createNotices(): Notices {
  const byFile = new Map<string, Map<Giver, readonly Notice[]>>()
  let changed = new Set<string>()

  const set = (giver: Giver, file: string, notices: readonly Notice[]) => {
    const givers = byFile.get(file) ?? new Map<Giver, readonly Notice[]>()
    if (notices.length === 0 && !givers.has(giver)) return
    changed.add(file)
    if (notices.length > 0) givers.set(giver, notices)
    else givers.delete(giver)
    if (givers.size > 0) byFile.set(file, givers)
    else byFile.delete(file)
  }
  return {
    set,
    setAll(giver, notices) {
      for (const [file, givers] of [...byFile]) if (givers.has(giver)) set(giver, file, [])
      for (const file of new Set(notices.map(notice => notice.file)))
        set(
          giver,
          file,
          notices.filter(notice => notice.file === file),
        )
    },
    of: file => [...(byFile.get(file)?.values() ?? [])].flat(),
    files: () => byFile.keys(),
    takeChanged() {
      const taken = changed
      changed = new Set()
      return taken
    },
  }
}

/** Says at the head of a file why its text is not read; `message` may name the file by its path. */
export const notReadNotice = (file: string, message: string): Notice => ({
  rule: 'offline-storage/not-read',
  severity: 'info',
  message: message.replace(file, 'This file'),
  file,
  span: { start: 0, end: 0 },
})
