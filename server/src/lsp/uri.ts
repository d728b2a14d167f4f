// URIs to the paths used inside, and back.
import { URI } from 'vscode-uri'

/** The path that a `file:` URI names; undefined for other schemes, whose texts are not in a workspace on disk. */
export function toPath(uri: string): string | undefined {
  const parsed = URI.parse(uri)
  if (parsed.scheme !== 'file') return undefined
  const path = parsed.fsPath.replace(/\\/g, '/')
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** The URI of a path, spelled as VS Code spells it. */
export const toUri = (path: string): string => URI.file(path).toString()
