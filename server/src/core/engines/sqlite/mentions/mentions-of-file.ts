// Puts together what a file mentions: the names in the SQL that is written in it, wherever that is run.
import type { Mention } from '../../../catalog/mention.ts'
import { keyed } from '../../../catalog/remembered.ts'
import { together } from '../../../catalog/unit-mentions.ts'
import type { SqlCall } from '../types.ts'
import { callMentions } from './call-mentions.ts'
import { parameterMentions } from './parameter-mentions.ts'

/** The mentions of each file, computed when asked for and remembered until something that they depend on changes. */
export function createMentions(callsIn: (file: string) => readonly SqlCall[]): (file: string) => readonly Mention[] {
  return keyed((file: string) => {
    const all = callsIn(file).flatMap(call =>
      call.store ? [...callMentions(call.store, call), ...parameterMentions(call)] : [],
    )
    return together(
      [],
      all.filter(mention => mention.at.file === file),
    )
  })
}
