// Mermaid's own parser in Node. Mermaid cleans words of a picture for a page, and there is no page here.
import purify from 'dompurify'
import mermaid from 'mermaid'

const asItIs = { addHook: () => undefined, sanitize: (text: string) => text }

/** What kind of picture the text is. It throws what Mermaid says of a text that it does not understand. */
export async function kindOfMermaid(text: string): Promise<string> {
  if (!purify.isSupported) Object.assign(purify, asItIs)
  return (await mermaid.parse(text)).diagramType
}
