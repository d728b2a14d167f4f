// Finds the file that starts an example app.

/** The file that makes the database or its adapter, wherever an example puts it; without one, the schema alone is loaded. */
export function entryOf(files: Readonly<Record<string, string>>): string {
  const paths = Object.keys(files)
  const making = paths.filter(path => /new (Database|\w+Adapter)\(/.test(files[path]!))
  return (
    making.find(path => path.startsWith('src/db/index.')) ??
    making[0] ??
    paths.find(path => /schema\.[jt]sx?$/.test(path)) ??
    paths[0]!
  )
}
