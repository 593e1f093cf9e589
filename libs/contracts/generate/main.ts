import { rewriteFiles, staleFiles } from './description-files.ts'

// `npm run generate` writes docs/api; with `--check` it only says what is stale.
const isCheck = process.argv.includes('--check')
const stale = await (isCheck ? staleFiles() : rewriteFiles())

if (isCheck && stale.length > 0) {
  process.stderr.write(`docs/api is stale, run \`npm run generate\`:\n${stale.join('\n')}\n`)
  process.exitCode = 1
} else {
  process.stdout.write(
    isCheck ? 'docs/api is current\n' : `docs/api: ${stale.length} files written\n`,
  )
}
