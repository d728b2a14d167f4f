// Lays out the source files of one commit of an app in a cache folder, without running anything of the app's own.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'

/** A commit laid out on disk. `folder` is a git repository with no branches or tags; its objects are borrowed from the source. */
export interface AppTree {
  readonly folder: string
  readonly commit: string
  /** False when the commit asked for is not in the source and the newest one was taken. */
  readonly exact: boolean
}

/**
 * Lays out `commit` of the app whose source (a bare repository or a checkout) is at `<sources>/<owner>+<name>`.
 * Only files that an analyzer may read are written: code, JSON and ignore files below 2 MB. With `head` 'parent' the
 * commit's own changes look like work that is not committed yet. Throws when there is no source.
 */
export function layOut(sources: string, repo: string, commit: string, head: 'commit' | 'parent' = 'commit'): AppTree {
  const gitDir = findGitDir(join(sources, repo.replace('/', '+')))
  const cache = join(tmpdir(), 'offline-storage-real-apps', repo.replace('/', '+'))
  const wanted = hasCommit(gitDir, commit) ? commit : 'HEAD'
  const full = git(['--git-dir', gitDir, 'rev-parse', '--verify', `${wanted}^{commit}`])
  const folder = join(cache, head === 'commit' ? full : `${full}-on-parent`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const draft = mkdtempSync(join(cache, 'draft-'))
    borrowObjects(gitDir, draft)
    writeTree(draft, full)
    const at = head === 'commit' ? full : git(['-C', draft, 'rev-parse', '--verify', `${full}^1`])
    git(['-C', draft, 'update-ref', '--no-deref', 'HEAD', at])
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  }
  return { folder, commit: full, exact: wanted === commit }
}

/** The first parent of a commit that has been laid out; undefined for a root commit. */
export function parentOf(tree: AppTree): string | undefined {
  const [, parent] = git(['-C', tree.folder, 'rev-list', '--parents', '-n', '1', tree.commit]).split(' ')
  return parent
}

function findGitDir(place: string): string {
  const candidates = [join(place, 'repo'), join(place, '.git'), place]
  const found = candidates.find(
    candidate => existsSync(join(candidate, 'objects')) && existsSync(join(candidate, 'HEAD')),
  )
  if (found === undefined) throw new Error(`No git repository at ${place}`)
  return resolve(found)
}

function hasCommit(gitDir: string, commit: string): boolean {
  try {
    git(['--git-dir', gitDir, 'cat-file', '-e', `${commit}^{commit}`])
    return true
  } catch {
    return false
  }
}

/** A repository of our own over the source's objects: the source is never written to and its configuration never obeyed. */
function borrowObjects(gitDir: string, folder: string): void {
  git(['init', '--quiet', '--template=', folder])
  const own = join(folder, '.git')
  mkdirSync(join(own, 'objects', 'info'), { recursive: true })
  writeFileSync(join(own, 'objects', 'info', 'alternates'), `${join(gitDir, 'objects')}\n`)
  if (existsSync(join(gitDir, 'shallow'))) copyFileSync(join(gitDir, 'shallow'), join(own, 'shallow'))
}

const readable = /\.(?:[cm]?[jt]sx?|json|json5)$|(?:^|\/)\.(?:gitignore|babelrc)$/
const largest = 2_000_000

function writeTree(folder: string, commit: string): void {
  const entries = git(['-C', folder, 'ls-tree', '-r', '-z', commit])
    .split('\0')
    .flatMap(line => {
      const match = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line)
      return match?.[1] && match[2] && readable.test(match[2]) ? [{ id: match[1], path: match[2] }] : []
    })
  const answer = execFileSync('git', ['-C', folder, 'cat-file', '--batch'], {
    input: entries.map(entry => `${entry.id}\n`).join(''),
    maxBuffer: 2 ** 31 - 1,
  })
  let at = 0
  for (const entry of entries) {
    const end = answer.indexOf(10, at)
    const [, kind, size] = answer.toString('utf8', at, end).split(' ')
    at = end + 1
    // Snapshots leave out some large blobs; git then answers "<id> missing" and no content follows.
    if (kind !== 'blob') continue
    const length = Number(size)
    if (length <= largest) writeInside(folder, entry.path, answer.subarray(at, at + length))
    at += length + 1
  }
}

function writeInside(folder: string, path: string, content: Uint8Array): void {
  const target = resolve(folder, path)
  if (!target.startsWith(folder + sep) || target.startsWith(join(folder, '.git') + sep)) return
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
}

function git(args: readonly string[]): string {
  return execFileSync('git', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd()
}
