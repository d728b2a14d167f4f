// Syntax errors of JSON in words for people.
import { type ParseError, printParseErrorCode } from 'jsonc-parser'

/** `CommaExpected` as `comma expected`. */
export const jsonErrorWords = ({ error }: ParseError): string =>
  printParseErrorCode(error)
    .replace(/(?<!^)([A-Z])/g, ' $1')
    .toLowerCase()
