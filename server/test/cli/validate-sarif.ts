// Holds a report against the published schema of SARIF 2.1.0.
import { Ajv } from 'ajv'
import schema from '../../testkit/sarif/schema.json' with { type: 'json' }

/** What the schema says against `log`; nothing when it is valid. */
export function validateSarif(log: unknown): readonly string[] {
  // The schema is written in draft 4; apart from how it names itself, nothing in it reads differently now.
  const { $schema: _draft, id: _id, ...rules } = schema
  const ajv = new Ajv({
    strict: false,
    // One of its patterns has a bracket too many, which only the older syntax of patterns bears.
    unicodeRegExp: false,
    allErrors: true,
    formats: { uri: isUri, 'uri-reference': isReference, 'date-time': true },
  })
  const validate = ajv.compile(rules)
  validate(log)
  return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
}

const isReference = (text: string): boolean => URL.canParse(text, 'file:///')
const isUri = (text: string): boolean => URL.canParse(text) && !/[\s<>"{}|\\^`]/.test(text)
