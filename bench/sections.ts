// Takes the sections of a new run into older results, so that a run of one part keeps the others.

/** Sections begin with `## `. One that the new text has takes the place of its namesake, or comes last. */
export function mergeSections(older: string, newer: string): string {
  const [, ...before] = sectionsOf(older)
  const [head = '', ...after] = sectionsOf(newer)
  const kept = before.map(section => after.find(one => titleOf(one) === titleOf(section)) ?? section)
  const added = after.filter(section => !before.some(one => titleOf(one) === titleOf(section)))
  return [head, ...kept, ...added]
    .map(section => section.trimEnd())
    .join('\n\n')
    .concat('\n')
}

function sectionsOf(text: string): string[] {
  return text.split(/^(?=## )/m)
}

function titleOf(section: string): string {
  return section.split('\n', 1)[0] ?? ''
}
