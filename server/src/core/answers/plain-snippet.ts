// Snippets for editors that know none.

/** The text of a snippet with its placeholders at their defaults, and a choice at its first word. Placeholders do not nest. */
export const plainOf = (snippet: string): string =>
  snippet.replace(
    /\\([\\$}])|\$\{\d+:([^}]*)\}|\$\{\d+\|([^,|]*)[^|]*\|\}|\$\{\d+\}|\$\d+/g,
    (_, escaped?: string, word?: string, choice?: string) => escaped ?? word ?? choice ?? '',
  )
