import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Report } from '../report/report.ts'
import { pagesOf } from './pages-of.ts'

// A process of its own: a report comes in, its PDF goes out, and with it all memory that it took.

/** Packages of fonts export a module each; its place tells theirs. */
const packages = {
  latin: import.meta.resolve('@embedpdf/fonts-latin'),
  arabic: import.meta.resolve('@embedpdf/fonts-arabic'),
  hebrew: import.meta.resolve('@embedpdf/fonts-hebrew'),
  han: import.meta.resolve('@embedpdf/fonts-sc'),
  emoji: import.meta.resolve('@expo-google-fonts/noto-emoji'),
}
const font = (script: keyof typeof packages, path: string) =>
  readFileSync(new URL(path, packages[script]))

/** Han takes longer to load than all else together; most reports have none. */
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u

const fontsFor = (text: string): Buffer[] => [
  ...['Regular', 'SemiBold', 'Bold', 'Italic', 'BoldItalic'].map((look) =>
    font('latin', `../fonts/NotoSans-${look}.ttf`),
  ),
  ...['Regular', 'Bold'].flatMap((weight) => [
    font('arabic', `../fonts/NotoNaskhArabic-${weight}.ttf`),
    font('hebrew', `../fonts/NotoSansHebrew-${weight}.ttf`),
    ...(han.test(text) ? [font('han', `../fonts/NotoSansHans-${weight}.otf`)] : []),
  ]),
  font('emoji', './400Regular/NotoEmoji_400Regular.ttf'),
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
  // Whoever began this process tells its log.
  const words = JSON.stringify(error ? compiler.fetchDiagnostics(error) : 'no document')
  process.stderr.write(words.slice(0, 2_000))
  process.exit(1)
}
process.stdout.write(compiler.pdf(compiled.result))
