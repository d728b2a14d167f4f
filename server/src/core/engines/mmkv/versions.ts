// Which version of MMKV applies to a file.
import type { Project, Scope } from '../../catalog/scope.ts'

/** The major version of `react-native-mmkv` in a project; undefined where it is not known. */
export function majorOf(project: Project): number | undefined {
  const found = /^v?(\d+)\./.exec(project.versions['react-native-mmkv'] ?? '')
  return found ? Number(found[1]) : undefined
}

/** The major version of `react-native-mmkv` for a file. */
export const majorFor = (scope: Scope, file: string): number | undefined => majorOf(scope.workspace().project(file))
