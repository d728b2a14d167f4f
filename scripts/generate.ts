// `npm run generate`: writes every generated file; with --check it only says which are not current.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { registryFile } from './generate-registry.ts'
import { migrationsTemplateFile, templatesFile } from './generate-templates.ts'

const isCheck = process.argv.includes('--check')
const stale: string[] = []

const put = (file: { readonly path: string; readonly text: string }) => {
  let before: string | undefined
  try {
    before = readFileSync(file.path, 'utf8')
  } catch {
    before = undefined
  }
  if (before === file.text) return
  stale.push(path.relative(process.cwd(), file.path))
  if (isCheck) return
  mkdirSync(path.dirname(file.path), { recursive: true })
  writeFileSync(file.path, file.text)
}

put(registryFile())
put(templatesFile())
put(migrationsTemplateFile())
// What follows imports the registry, so it must be current first.
const generated = await import('./generate-docs.ts')
for (const file of generated.docFiles()) put(file)
const { rules } = await import('../server/src/core/rules/all.ts')
const { settingsFiles } = await import('./generate-settings.ts')
for (const [file, text] of settingsFiles(rules)) put({ path: file, text })

for (const file of stale) console.log(isCheck ? `not current: ${file}` : `wrote ${file}`)
if (isCheck && stale.length > 0) {
  console.error('Run `npm run generate`.')
  process.exit(1)
}
