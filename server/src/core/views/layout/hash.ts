// A number from a text, the same on every machine.

/** FNV-1a, 32 bits, over UTF-16 code units; the high bits are mixed in, as callers look at the low ones. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
