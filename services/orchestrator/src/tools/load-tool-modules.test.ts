import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadToolModules } from './load-tool-modules.ts'

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

test('tools of a module are there beside ours, with the settings that are theirs', async () => {
  const url = 'http://127.0.0.1:1/effects'
  const tools = await loadToolModules(pathOf('../testing/counted-world-tools.ts'), {
    TOOL_COUNTED_WORLD_URL: url,
  })
  expect(tools.map(({ name, repeat }) => [name, repeat])).toEqual([['count_effect', 'keyed']])
})

test('no module, no tools', async () => expect(await loadToolModules('', {})).toEqual([]))

test('a module without tools is named', () =>
  expect(loadToolModules(pathOf('cut-text.ts'), {})).rejects.toThrow(/cut-text\.ts exports no/))

test('a module that needs a setting says which, and sees none that is not for tools', () =>
  expect(
    loadToolModules(pathOf('../testing/counted-world-tools.ts'), { POSTGRES_URL: 'secret' }),
  ).rejects.toThrow(/TOOL_COUNTED_WORLD_URL/))
