// A value is put into the text of a query.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { queryExample } from '../queries/example-query.ts'
import { findInterpolations, type Interpolation } from '../queries/find-interpolations.ts'
import { giveAsArgument } from '../queries/give-as-argument.ts'
import { type Query, type QueryText, queriesOf } from '../queries/read-queries.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly query: Query
  readonly text: QueryText
  readonly one: Interpolation
}

export const queryInterpolation: Rule<CodeOfFile, Data> = {
  id: 'realm/query-interpolation',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A value is put into the text of a query by a template or by `+`.',
    why: "A quote in the value, as in `O'Neill`, makes the query throw or changes what it says, and escaping it does not help: Realm compares with the backslash.",
    fix: 'Writes `$0` for the value and gives it as an argument. Names and whole clauses that are chosen in the code stay as they are.',
  },
  *check(code) {
    for (const query of queriesOf(code).queries)
      for (const text of query.texts)
        for (const one of findInterpolations(code.scope, text)) {
          const isHere = one.value.file === code.file
          yield {
            at: placeOf(isHere ? one.value : query.argument),
            message: one.isQuoted
              ? 'This value is put into the text of the query: a quote in it throws or changes what the query says, and escapes do not help. Give it as an argument, $0.'
              : 'This value is put into the text of the query, where it may say anything. Give it as an argument, $0.',
            data: { query, text, one },
          }
        }
  },
  fix({ data: { query, text, one } }, context) {
    const edits = giveAsArgument(query, text, one, context)
    return edits && { title: `Give it as $${query.given.count}`, safe: false, edits }
  },
  examples: [
    queryExample(
      'a template',
      `  return realm.objects('Person').filtered(\`name == "\${text}" AND age > 3\`)
  //                                                  ^^^^ a quote in it`,
      `  return realm.objects('Person').filtered(\`name == $0 AND age > 3\`, text)`,
    ),
    queryExample(
      'behind other arguments, with text in the quotes',
      `  return realm.objects('Person').filtered(\`age > $0 AND name LIKE[c] '*\${person.name}*'\`, 3)
  //                                                                     ^^^^^^^^^^^ escapes do not help`,
      `  return realm.objects('Person').filtered(\`age > $0 AND name LIKE[c] $1\`, 3, \`*\${person.name}*\`)`,
    ),
    queryExample(
      'a sum',
      `  return realm.objects('Person').filtered('name CONTAINS "' + text + '" AND nick == "' + ids[0] + '"')
  //                                                          ^^^^ a quote in it
  //                                                                                     ^^^^^^ a quote in it`,
      `  return realm.objects('Person').filtered('name CONTAINS $0 AND nick == "' + ids[0] + '"', text)`,
    ),
    queryExample(
      'without quotes, at the end of a sum, a constant that is used by name',
      `  realm.objects('Person').filtered('age > ' + text.length)
  //                                          ^^^^^^^^^^^ may say anything
  const query = \`best.name == '\${text.replace("'", "\\\\'")}'\`
  //                             ^^^^^^^^^^^^^^^^^^^^^^^^ escapes do not help
  return realm.objects('Person').filtered(query)`,
      `  realm.objects('Person').filtered('age > $0', text.length)
  const query = \`best.name == '\${text.replace("'", "\\\\'")}'\`
  return realm.objects('Person').filtered(query)`,
    ),
    queryExample(
      'in an inner function that is not always given a known text',
      `  const named = (name: string) => realm.objects('Person').filtered(\`name == "\${name}"\`)
  //                                                                           ^^^^ a quote in it
  return [...named('Al'), ...named(text)]`,
      `  const named = (name: string) => realm.objects('Person').filtered(\`name == $0\`, name)
  return [...named('Al'), ...named(text)]`,
    ),
    queryExample(
      'over several lines, in a list',
      `  return realm.objects('Person').filtered(
    \`name IN {"\${ids[0]}", "Al"}\`,
  //             ^^^^^^ a quote in it
  )`,
      `  return realm.objects('Person').filtered(
    \`name IN {$0, "Al"}\`,
    ids[0],
  )`,
    ),
    queryExample(
      'constants, names and clauses, choices, ids, other libraries',
      `  const people = realm.objects('Person')
  const limit = 18
  const fields = { first: 'name', second: 'nick' }
  const order = (key: 'age' | 'name') => people.filtered(\`age > \${limit} SORT(\${key} ASC)\`)
  people.filtered(\`\${fields[text]} == $0 AND \${text ? 'age > 3' : 'age < 3'}\`, text)
  people.filtered(\`name == "\${text ? 'Al' : 'Bo'}"\`)
  people.filtered(\`_id == oid(\${ids[0]})\`)
  people.filtered(ids.map(id => \`name == "\${id}"\`).join(' OR '))
  people.filtered(\`\${text} AND age > 3\`)
  return store.filtered(\`name == "\${text}"\`)`,
    ),
  ],
}
