import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Report } from '../report/report.ts'
import { pagesOf } from './pages-of.ts'

// A process of its own: a report comes in, its PDF goes out, and with it all memory that it took.

const { resolve } = createRequire(import.meta.url)
/** Packages of fonts export no files, but a module whose place is known. */
const font = (script: string, file: string) =>
  readFileSync(join(dirname(resolve(`@embedpdf/fonts-${script}`)), '../fonts', file))
const emoji = () =>
  readFileSync(resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf'))

/** Han takes longer to load than all else together; most reports have none. */
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u

const fontsFor = (text: string): Buffer[] => [
  ...['Regular', 'SemiBold', 'Bold', 'Italic', 'BoldItalic'].map((look) =>
    font('latin', `NotoSans-${look}.ttf`),
  ),
  ...['Regular', 'Bold'].flatMap((weight) => [
    font('arabic', `NotoNaskhArabic-${weight}.ttf`),
    font('hebrew', `NotoSansHebrew-${weight}.ttf`),
    ...(han.test(text) ? [font('sc', `NotoSansHans-${weight}.otf`)] : []),
  ]),
  emoji(),
]

const report = JSON.parse((await buffer(process.stdin)).toString('utf8')) as Report
const pages = JSON.stringify(pagesOf(report))

// A workspace that is nowhere: the template reads its data, and there is no other file that it could.
const workspace = '/report'
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fontsFor(pages) }] })
compiler.addSource(
  `${workspace}/main.typ`,
  readFileSync(new URL('report.typ', import.meta.url), 'utf8'),
)
compiler.mapShadow(`${workspace}/pages.json`, Buffer.from(pages))
const compiled = compiler.compile({ mainFilePath: `${workspace}/main.typ` })
if (!compiled.result) {
  const error = compiled.takeDiagnostics()
  console.error(
    JSON.stringify(error ? compiler.fetchDiagnostics(error) : 'no document').slice(0, 2_000),
  )
  process.exit(1)
}
process.stdout.write(compiler.pdf(compiled.result))
