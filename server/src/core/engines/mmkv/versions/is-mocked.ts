// Whether tests get something else for react-native-mmkv.
import type { Scope } from '../../../catalog/scope.ts'
import { walkValue } from '../../../source/value.ts'
import { packageName } from './api.ts'

/** True where some file of the workspace mocks the package for tests. */
export const isMocked = (scope: Scope): boolean =>
  scope.files().some(
    file =>
      file.includes(`/__mocks__/${packageName}`) ||
      (scope.usage(file)?.calls ?? []).some(({ value }) => {
        const [name] = value.kind === 'call' ? value.args : []
        return name?.kind === 'string' && name.text === packageName && [...walkValue(value)].some(isMock)
      }),
  )

const isMock = (value: { readonly kind: string; readonly name?: string }): boolean =>
  value.kind === 'member' && /^(?:mock|doMock|setMock|unstable_mockModule)$/.test(value.name ?? '')
