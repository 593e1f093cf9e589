import { registerHooks } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Postgres from 'postgres'
import { postgresMends } from './postgres-mends.ts'

const mark = '?mended'

const mend = (file: string, source: string): string => {
  let mended = source
  for (const { from, to } of postgresMends.filter((one) => one.file === file)) {
    const parts = mended.split(from)
    // Another version: somebody has to look which of them it still needs.
    if (parts.length !== 2)
      throw new Error(`postgres: ${file} has ${parts.length - 1} times: ${from}`)
    mended = parts.join(to)
  }
  return mended
}

/**
 * Loads the driver with our mends (ADR 12), beside the one that others may have loaded as it is. The
 * two share all modules but those that we mend, so that its errors are the same.
 */
const load = async (): Promise<typeof Postgres> => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context)
      const isOurs = context.parentURL?.endsWith(mark) && specifier === './connection.js'
      return isOurs ? { ...found, url: found.url + mark } : found
    },
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith(mark)) return loaded
      const file = basename(fileURLToPath(url))
      return { ...loaded, source: mend(file, Buffer.from(loaded.source as Uint8Array).toString()) }
    },
  })
  try {
    const module: unknown = await import(import.meta.resolve('postgres') + mark)
    return (module as { default: typeof Postgres }).default
  } finally {
    hooks.deregister()
  }
}

export const postgres = await load()
