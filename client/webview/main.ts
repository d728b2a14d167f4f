// The webview's door: it asks the extension for pictures, and does what it is told.
import type { DiagramTarget, ToDiagramPanel } from '../../shared/diagram-panel.ts'
import { createDiagram } from './diagram.ts'
import { connect } from './host.ts'
import { base64Of, pngOf } from './png.ts'

const host = connect(receive)
const diagram = createDiagram(host)
diagram.ask()

function receive(message: ToDiagramPanel): void {
  switch (message.kind) {
    case 'view':
      diagram.take(message.view, message.params, message.positions)
      break
    case 'trouble':
      diagram.tellTrouble(message.message)
      break
    case 'cursor':
      diagram.setCursor(message.entity ?? undefined)
      break
    case 'reveal':
      diagram.reveal(message.entity)
      break
    case 'draw':
      void draw(message.svg, message.target)
  }
}

async function draw(svg: string, target: DiagramTarget): Promise<void> {
  try {
    const blob = await pngOf(svg)
    if (target === 'file') {
      host.tell({ kind: 'png', data: await base64Of(blob) })
      return
    }
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    host.tell({ kind: 'say', message: 'The diagram is on the clipboard as PNG.', isProblem: false })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    host.tell({ kind: 'say', message: `The picture could not be made: ${reason}`, isProblem: true })
  }
}
