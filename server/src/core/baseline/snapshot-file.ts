// Snapshots as files: their text, and where they stand.
import { type Snapshot, snapshotSchema } from './snapshot.ts'

/** A snapshot as the text of its file: the same snapshot always gives the same text. */
export const snapshotText = (snapshot: Snapshot): string => {
  const { format, formatVersion, engine, store, version, complete, entities, migrations } =
    snapshotSchema.parse(snapshot)
  return `${JSON.stringify({ format, formatVersion, engine, store, version, complete, entities, migrations }, undefined, 2)}\n`
}

/** The file of a snapshot below `folder`; what a folder's name cannot hold on every system becomes `-`. */
export const snapshotPath = (folder: string, snapshot: Pick<Snapshot, 'store' | 'version'>): string =>
  `${folder}/offline-storage/${snapshotFolder(snapshot.store)}/v${snapshot.version}.json`

/** The name of the folder that holds the snapshots of a store. */
export const snapshotFolder = (store: string): string => store.replace(/[^\w.-]+/g, '-').replace(/^\.+/, '') || 'store'
