// What of the uses in a file the installed version of react-native-mmkv does not have, and what that does to the app.
import { has, type Lifetime, members, modes, values } from './api.ts'
import type { ApiUse } from './api-uses.ts'

/** Why a use fails with `version`, and what to do; undefined where it works, or where `others` show that the file asks first. */
export function whyMissing(use: ApiUse, version: string, others: readonly ApiUse[]): string | undefined {
  const lifetime = lifetimeOf(use)
  if (!lifetime || has(version, lifetime) || asksFirst(use, lifetime, others)) return undefined
  const [major = ''] = /\d+/.exec(version) ?? []
  const isGone = lifetime.until !== undefined && !has(version, { until: lifetime.until })
  const which = isGone ? major : version
  switch (use.kind) {
    case 'construct':
      return `react-native-mmkv ${which} has no class "MMKV": this throws, and nothing behind it runs. Create instances with createMMKV().`
    case 'create':
      return `react-native-mmkv ${which} has no "createMMKV", which came with 4.0: this throws, and nothing behind it runs. Write new MMKV(), or install version 4.`
    case 'mode':
      return `react-native-mmkv ${which} has no "Mode": this throws, and nothing behind it runs. ${modeAdvice(use.name, isGone)}`
    case 'value':
      return use.name === 'MMKV'
        ? `react-native-mmkv ${which} has no class "MMKV": this throws. Work with an instance that createMMKV() gives.`
        : `"${use.name}" came with react-native-mmkv ${lifetime.since}, and ${version} is installed: calling it throws. Install a newer version.`
    case 'member':
      return memberMessage(use, lifetime, isGone, which)
  }
}

const modeAdvice = (name: string, isGone: boolean): string =>
  isGone ? `Write '${modes[name] ?? 'single-process'}'.` : 'Leave "mode" out, or install version 3.'

function memberMessage(
  { name, call }: ApiUse & { readonly kind: 'member' },
  { since, other }: Lifetime,
  isGone: boolean,
  which: string,
): string {
  const effect = call ? 'calling it throws' : 'it is always undefined'
  const advice = isGone
    ? `Use "${other}".`
    : other
      ? `Use "${other}", or install a newer version.`
      : 'Install a newer version.'
  const reason = isGone
    ? `Instances of react-native-mmkv ${which} have no "${name}"`
    : `"${name}" came with react-native-mmkv ${since}, and ${which} is installed`
  return `${reason}: ${effect}. ${advice}`
}

function lifetimeOf({ kind, name }: ApiUse): Lifetime | undefined {
  if (kind === 'member') return Object.hasOwn(members, name) ? members[name] : undefined
  const value = kind === 'mode' ? 'Mode' : name
  return Object.hasOwn(values, value) ? values[value] : undefined
}

/** A file for several versions has both ways, and runs one of them under a condition. */
function asksFirst(use: ApiUse, { other }: Lifetime, others: readonly ApiUse[]): boolean {
  if (!use.isGuarded) return false
  if (use.kind === 'construct') return others.some(one => one.kind === 'create')
  if (use.kind === 'create') return others.some(one => one.kind === 'construct')
  return other === undefined || others.some(one => one.kind === use.kind && one.name === other)
}
