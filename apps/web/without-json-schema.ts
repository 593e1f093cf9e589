import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

const writers = /\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/
const exported = /^export (?:const|function) (\w+)/gm

/**
 * Every schema of zod can write itself as JSON Schema, and no bundler can tell that nobody asks: 8 kB with each page. The
 * console only parses; the schemas that others read are written when the contracts are generated. Who asks anyway is told.
 */
export const withoutJsonSchema = (): Plugin => ({
  name: 'without-json-schema',
  apply: 'build',
  load: async (id) => {
    if (!writers.test(id)) return null
    const names = [...(await readFile(id, 'utf8')).matchAll(exported)].map(([, name]) => name)
    return [
      "const none = () => { throw new Error('the console has no writer of JSON Schema') }",
      ...names.map((name) => `export { none as ${name} }`),
    ].join('\n')
  },
})
