import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'

const Manifest = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).default([]) }),
)

/** Gzipped bytes of the scripts that a page needs before it can be drawn: its own and all that they import. */
export const initialScriptBytes = async (
  webDist: string,
  modules: readonly string[],
): Promise<number> => {
  const text = await readFile(join(webDist, '.vite', 'manifest.json'), 'utf8')
  const manifest = Manifest.parse(JSON.parse(text))
  const needed = new Set(['index.html', ...modules])
  for (const name of needed) for (const other of manifest[name]?.imports ?? []) needed.add(other)
  const sizes = await Promise.all(
    [...needed].map(async (name) => {
      const file = manifest[name]?.file
      if (file === undefined) throw new Error(`the build has no ${name}`)
      return gzipSync(await readFile(join(webDist, file))).length
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
