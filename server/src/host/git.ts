// Asks git about the past of a workspace. Nothing here writes, and nothing of the repository's own is run.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { decodeText } from './read-text.ts'
import { toSlashes } from './slashes.ts'

/** A file of an old tree. */
export interface GitFile {
  /** Relative to the folder that was asked about, with forward slashes. */
  readonly path: string
  /** The hash of its content. */
  readonly id: string
}

/** How long git may take, in milliseconds. */
const timeout = 30_000

/** The top folder of the repository that `folder` is in; undefined without git or outside of a repository. */
export async function gitRoot(folder: string): Promise<string | undefined> {
  const top = (await git(folder, ['rev-parse', '--show-toplevel']))?.replace(/\r?\n$/, '')
  return top ? toSlashes(top) : undefined
}

/** The commit that `revision` names; undefined when it names none. Names that could be read as options are refused. */
export async function commitOf(folder: string, revision: string): Promise<string | undefined> {
  if (!isRevision(revision)) return undefined
  const id = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  return id && /^[0-9a-f]{40,64}$/.test(id.trim()) ? id.trim() : undefined
}

/**
 * The newest tag that names a release (`v1.2.3`, `1.2.3`, `app@1.2.3`, `release-…`) and that HEAD contains. A pre-release
 * counts only where there is no other. Undefined without git or without such a tag.
 */
export async function newestReleaseTag(folder: string): Promise<string | undefined> {
  const format = ['--format=%(refname:strip=2)', '--sort=-version:refname', '--sort=-creatordate']
  const listed = await git(folder, ['for-each-ref', '--merged=HEAD', ...format, 'refs/tags'])
  const tags = (listed ?? '').split(/\r?\n/).filter(tag => isRevision(tag) && isRelease(tag))
  return tags.find(tag => !isPreRelease(tag)) ?? tags[0]
}

/** The files at and below `folder` at `revision`, without links and submodules; undefined when they cannot be told. */
export async function listFiles(folder: string, revision: string): Promise<readonly GitFile[] | undefined> {
  if (!isRevision(revision)) return undefined
  const listed = await git(folder, ['ls-tree', '-r', '-z', '--end-of-options', revision])
  return listed?.split('\0').flatMap(line => {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? []
    return id && path ? [{ path, id }] : []
  })
}

/**
 * The texts of `files`, by path, read by one process. Files that are no texts (see `readText`) are left out; when git
 * fails, all that were not read yet are.
 */
export function readFiles(folder: string, files: readonly GitFile[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  if (files.length === 0) return Promise.resolve(texts)
  return new Promise(done => {
    const child = spawn('git', [...safely(folder), 'cat-file', '--batch'], {
      ...surroundings(),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const timer = setTimeout(() => child.kill(), timeout)
    const finish = () => {
      clearTimeout(timer)
      done(texts)
    }
    const take = batchReader(files, texts)
    child.on('error', finish)
    child.on('close', finish)
    child.stdout.on('data', (chunk: Buffer) => take(chunk))
    // Git may end before it has read all it is asked, which closes the pipe.
    child.stdin.on('error', () => child.kill())
    child.stdin.end(files.map(file => `${file.id}\n`).join(''))
  })
}

/** Takes apart what `cat-file --batch` prints: per file `<id> <kind> <size>\n<bytes>\n`, or `<id> missing\n`. */
function batchReader(files: readonly GitFile[], texts: Map<string, string>): (chunk: Buffer) => void {
  let index = 0
  let size: number | undefined
  let chunks: Buffer[] = []
  let held = 0
  return chunk => {
    chunks.push(chunk)
    held += chunk.length
    // Joining only when a whole content has come keeps large files from being copied once per chunk.
    if (size !== undefined && held < size + 1) return
    let bytes = Buffer.concat(chunks)
    while (index < files.length) {
      if (size === undefined) {
        const end = bytes.indexOf(10)
        if (end < 0) break
        const header = bytes.toString('latin1', 0, end)
        bytes = bytes.subarray(end + 1)
        const length = / blob (\d+)$/.exec(header)?.[1]
        if (length === undefined) index++
        else size = Number(length)
        continue
      }
      if (bytes.length < size + 1) break
      const file = files[index++]!
      const { text } = { text: undefined, ...decodeText(bytes.subarray(0, size), file.path) }
      if (text !== undefined) texts.set(file.path, text)
      bytes = bytes.subarray(size + 1)
      size = undefined
    }
    chunks = [bytes]
    held = bytes.length
  }
}

/** What git prints; undefined when it fails, takes too long or is not installed. */
function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise(done => {
    const options = { ...surroundings(), timeout, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' as const }
    const child: ChildProcess = execFile('git', [...safely(folder), ...args], options, (error, stdout) =>
      done(error ? undefined : stdout),
    )
    child.stdin?.end()
  })
}

/** Options before every command: no locks taken, no hook and no file system monitor of the repository started. */
const safely = (folder: string): readonly string[] => [
  ...['-C', folder, '--no-optional-locks', '--no-pager', '--literal-pathspecs'],
  ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'],
]

/**
 * Git is started outside of the workspace, because Windows would prefer a `git.exe` of the folder it is started in. No
 * transport is allowed, so that a partial clone fetches nothing, and variables by which a hook points git to its
 * repository are left out.
 */
function surroundings(): { cwd: string; env: NodeJS.ProcessEnv; windowsHide: boolean } {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' }
  for (const name of [
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_PREFIX',
    'GIT_COMMON_DIR',
    'GIT_OBJECT_DIRECTORY',
  ])
    delete env[name]
  return {
    cwd: dirname(process.execPath),
    env: { ...env, GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_NO_REPLACE_OBJECTS: '1' },
    windowsHide: true,
  }
}

const isRevision = (name: string): boolean => /^[^-\s:][^\s:]*$/.test(name) && !name.includes('..')

/** `1.2`, `v1.2.3-beta.1`, `app@1.2.3(45)`: what follows the numbers is the second group. */
const version = /^(?:.+[@/_-])?v?(\d+(?:\.\d+)+)((?:[-+.]?[0-9a-z(][0-9a-z.+()-]*)?)$/i

const isRelease = (tag: string): boolean => version.test(tag) || /^release[-_/@].*\d/i.test(tag)

const isPreRelease = (tag: string): boolean =>
  /^(?:-|[-.]?(?:alpha|beta|rc|pre|next|canary|dev|nightly|a\d|b\d))/i.test(version.exec(tag)?.[2] ?? '')
