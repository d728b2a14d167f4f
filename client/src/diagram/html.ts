// The page of the webview: nothing in it may load or run, but the two files of the extension.
import { randomBytes } from 'node:crypto'
import { Uri, type Webview } from 'vscode'

/** Where in the extension the webview's files are. */
export const webviewFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'client', 'webview')

/** The HTML of the diagram. Images are only those that the page makes itself, for PNG. */
export function htmlOf(webview: Webview, extension: Uri): string {
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(webviewFolder(extension), name)).toString()
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src blob:`
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Schema Diagram</title>
<link rel="stylesheet" href="${file('diagram.css')}">
</head>
<body>
<script nonce="${nonce}" src="${file('diagram.js')}"></script>
</body>
</html>`
}
