// Whether the installed Realm still has Device Sync.
import type { Project } from '../../../catalog/scope.ts'
import { isAtLeast } from '../../../text/version.ts'
import { majorOf } from '../versions.ts'

/** True from realm 20 on (2024-09-09), and from the @realm/react that goes with it. */
export const isWithoutSync = ({ versions }: Project): boolean =>
  isAtLeast(versions['realm'], '20.0') || isAtLeast(versions['@realm/react'], '0.20')

/** True for a Realm that has it, where that is known: it speaks to servers that are gone. */
export const isWithSync = (project: Project): boolean => {
  const major = majorOf(project)
  return major !== undefined && major < 20 && !isWithoutSync(project)
}
