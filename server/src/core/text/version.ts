// Version numbers as texts.

/** True when `version` is known and not lower than `wanted` (`0.26`); what is no number of a release is not known. */
export function isAtLeast(version: string | undefined, wanted: string): boolean {
  const found = /^v?(\d+)\.(\d+)/.exec(version ?? '')
  const [major = 0, minor = 0] = wanted.split('.').map(Number)
  return found !== null && (Number(found[1]) > major || (Number(found[1]) === major && Number(found[2]) >= minor))
}
