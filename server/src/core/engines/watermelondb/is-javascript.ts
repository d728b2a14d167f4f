// Which files no type checker watches.

/** True for JavaScript files: there we report what TypeScript's compiler would report itself. */
export const isJavaScript = (file: string): boolean => /\.[cm]?jsx?$/.test(file)
