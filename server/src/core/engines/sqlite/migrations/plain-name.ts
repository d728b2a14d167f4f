// Names in SQL that is written for people to read.
import { sqlKeywords } from '../../../sql/parse-sql.ts'

const keywords = new Set(sqlKeywords)

/** A name as it stands in SQL: bare where it can, else in double quotes. */
export const plainName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name.toUpperCase()) ? name : `"${name.replaceAll('"', '""')}"`
