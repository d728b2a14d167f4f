// The version of this program, from the one place that says it; named alone, so that bundles leave the rest of the manifest out.
import { version as ofManifest } from '../../../package.json'

export const version: string = ofManifest
