import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Tool } from './tool.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Tools that are not ours see no other setting of this process. */
const toolSetting = /^TOOL_/

const ToolModule = z.object({
  createTools: z.custom<(env: Env) => readonly Tool[]>((value) => typeof value === 'function'),
})

/** Each module exports `createTools`, which gets the settings that begin with `TOOL_`. @throws {Error} that names the module which has none. */
export const loadToolModules = async (paths: string, env: Env): Promise<readonly Tool[]> => {
  const settings = Object.fromEntries(
    Object.entries(env).filter(([name]) => toolSetting.test(name)),
  )
  const named = paths.split(',').filter((path) => path.trim() !== '')
  const loaded = await Promise.all(
    named.map(async (path) => {
      const module = ToolModule.safeParse(await import(pathToFileURL(resolve(path.trim())).href))
      if (!module.success) throw new Error(`TOOL_MODULES: ${path} exports no function createTools`)
      return module.data.createTools(settings)
    }),
  )
  return loaded.flat()
}
