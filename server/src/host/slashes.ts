// Native paths to the one form used inside: absolute, forward slashes, a small drive letter.
import { resolve } from 'node:path'

/** `path` (relative to the working directory where it is not absolute) in the form used inside. */
export function toSlashes(path: string): string {
  const absolute = resolve(path)
  if (process.platform !== 'win32') return absolute
  // VS Code gives drive letters in lower case and the shell in upper case; one file must have one name.
  return absolute.replace(/\\/g, '/').replace(/^[A-Z]:/, drive => drive.toLowerCase())
}
