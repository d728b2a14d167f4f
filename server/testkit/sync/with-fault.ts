// A generated layer with one fault in it, which its own tests or ours must find out.
import assert from 'node:assert/strict'

/** A text of one file of the layer, `core/drain.ts`, and what takes its place. */
export interface Fault {
  readonly file: string
  readonly find: string
  readonly put: string
}

/** The files with the first of these texts replaced. Throws where it is not there. */
export function withFault(files: Readonly<Record<string, string>>, { file, find, put }: Fault): Record<string, string> {
  const path = `src/sync/${file}`
  const before = files[path] ?? ''
  assert.ok(before.includes(find), `${file} holds no ${find}`)
  return { ...files, [path]: before.replace(find, () => put) }
}
