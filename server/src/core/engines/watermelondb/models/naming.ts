// How names of tables, columns, classes and properties go together: `blog_posts` and `BlogPost`, `created_at` and `createdAt`.

/** `created_at` → `createdAt`; a name without underscores stays as it is. A leading underscore is dropped. */
export const camelCase = (column: string): string =>
  column.replace(/^_+/, '').replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** `createdAt` → `created_at`. */
export const snakeCase = (property: string): string =>
  property
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase()

/** `blog_posts` → `BlogPost`. */
export function classNameOf(table: string): string {
  const camel = singular(camelCase(table))
  return camel.charAt(0).toUpperCase() + camel.slice(1)
}

/** The property of a relation with this key: `author_id` → `author`, `authorId` → `author`. */
export const relationNameOf = (key: string): string => camelCase(key.replace(/(?:_id|Id)$/, ''))

/** The key columns that other tables would use for this table, likeliest first: `blog_posts` → `blog_post_id`, `blogPostId` … */
export function keysFor(table: string): readonly string[] {
  const one = singular(table)
  return [`${one}_id`, `${snakeCase(one)}_id`, `${camelCase(one)}Id`, `${table}_id`]
}

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  data: 'data',
}

/** The singular of an English plural, as far as rules reach; other words stay as they are. */
export function singular(word: string): string {
  const last = /[a-z]+$|[A-Z][a-z]*$/.exec(word)?.[0] ?? word
  const head = word.slice(0, word.length - last.length)
  const known = irregular[last.toLowerCase()]
  if (known !== undefined) return head + (/^[A-Z]/.test(last) ? known.charAt(0).toUpperCase() + known.slice(1) : known)
  if (/ies$/.test(last) && last.length > 4 && !/series$/i.test(last)) return `${head}${last.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|zz|[^aeo]us)es$/.test(last)) return head + last.slice(0, -2)
  return /[^su]s$/.test(last) && !/(?:is|news|series)$/i.test(last) ? head + last.slice(0, -1) : word
}
