// What stands in the README of a generated layer besides prose.

/** The blocks of code in a language. */
export const blocksIn = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\r?\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text)

/** The examples in TypeScript as files of `folder`; the first line of each says its name. */
export function examplesIn(markdown: string, folder: string): Readonly<Record<string, string>> {
  const blocks = [...blocksIn(markdown, 'ts'), ...blocksIn(markdown, 'tsx')]
  return Object.fromEntries(
    blocks.map(text => {
      const name = /^\/\/ ([\w-]+\.tsx?)\r?\n/.exec(text)?.[1]
      if (name === undefined) throw new Error(`An example without a name: ${text}`)
      return [`${folder}/${name}`, text]
    }),
  )
}
