// Paths as texts: absolute, with forward slashes, on every platform. Nothing here asks the disk.

/** The folder of `path`, without a slash at its end; '' for a path without a folder. */
export const dirname = (path: string): string => {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** The last part of `path`. */
export const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** `path` joined to `folder`, with `.` and `..` resolved. */
export function join(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of `${/^(?:[a-z]:)?\//i.test(path) ? '' : folder}/${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  const joined = parts.join('/')
  return /^[a-z]:/i.test(joined) ? joined : `/${joined}`
}

/** The path of `to` seen from `folder`, always beginning with `./` or `../`. */
export function relative(folder: string, to: string): string {
  const from = folder.split('/').filter(Boolean)
  const target = to.split('/').filter(Boolean)
  let same = 0
  while (same < from.length && same < target.length && from[same] === target[same]) same++
  const up = '../'.repeat(from.length - same)
  return `${up || './'}${target.slice(same).join('/')}`
}
