// The TypeScript that stands in Markdown.

/** The text with `change` made to each block of TypeScript. `name` is that of a file with such code: `block.ts`, `block.tsx`. */
export const inCodeBlocks = (markdown: string, change: (name: string, code: string) => string): string =>
  markdown.replace(
    /^(```(tsx?)\r?\n)([\s\S]*?)(^```[ \t]*$)/gm,
    (_, start: string, language: string, code: string, end: string) => start + change(`block.${language}`, code) + end,
  )
