import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { containerConf } from './container-conf.ts'

test('the file that containers read says what the table says', () => {
  const file = readFileSync(join(import.meta.dirname, '..', 'nats.conf'), 'utf8')
  expect(file, 'render it again: node infra/nats/render.ts').toBe(containerConf())
})
