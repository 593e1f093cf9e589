import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createAdapters } from './create-adapters.ts'
import { createOllamaProbe } from './ollama/ollama-probe.ts'
import { ProviderConfig } from './provider-config.ts'

const adaptersOf = (env: Record<string, string>) =>
  createAdapters({ config: ProviderConfig.parse({ OLLAMA_BASE_URL: 'off', ...env }) })

const startOllama = async (models?: readonly string[]) => {
  const script = models === undefined ? {} : { models }
  const emulator = await startProviderEmulator({ provider: 'ollama', script })
  onTestFinished(() => emulator.close())
  return emulator
}

test('each provider has the model that is configured, and the key of the environment', () => {
  const { keyed, ollama } = adaptersOf({
    GROQ_API_KEY: '',
    GEMINI_API_KEY: 'k',
    GEMINI_MODEL: 'gemini-4-argon',
    OLLAMA_BASE_URL: '127.0.0.1:9',
    OLLAMA_MODEL: 'qwen3:8b',
  })
  expect(keyed.groq).toMatchObject({ model: 'openai/gpt-oss-120b', environmentKey: undefined })
  expect(keyed.gemini).toMatchObject({ model: 'gemini-4-argon', environmentKey: 'k' })
  expect(keyed.gemini.withKey('another').defaultModel).toBe('gemini-4-argon')
  expect(ollama()).toMatchObject({ model: 'qwen3:8b', reason: '' })
})

test('says of an Ollama that is not there what to do', () =>
  expect(adaptersOf({}).ollama()).toMatchObject({
    adapter: null,
    reason: 'Switched off by OLLAMA_BASE_URL.',
  }))

test('learns the model of an Ollama by looking', async () => {
  const emulator = await startOllama()
  const adapters = adaptersOf({ OLLAMA_BASE_URL: emulator.url })
  await adapters.look()
  expect(adapters.ollama().adapter?.defaultModel).toBe('qwen3:8b')
})

test('sees an Ollama come, within the time that a look is fresh for, without ever waiting for one', async () => {
  let nowMs = 0
  const emulator = await startOllama()
  const probe = createOllamaProbe(emulator.url, () => nowMs)
  expect(probe.found()).toEqual({ answers: false, model: null, embedModel: null })
  await vi.waitFor(
    () =>
      expect(probe.found()).toEqual({
        answers: true,
        model: 'qwen3:8b',
        embedModel: 'nomic-embed-text:latest',
      }),
    {
      timeout: 20_000,
    },
  )

  nowMs = 29_999
  probe.found()
  expect(emulator.lookUps).toEqual(['/api/version', '/api/tags'])

  await emulator.close()
  nowMs = 30_000
  expect(probe.found().answers).toBe(true)
  await vi.waitFor(() => expect(probe.found().answers).toBe(false), { timeout: 20_000 })
})

test('an Ollama that hangs is none, after half a second', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await vi.waitFor(() => expect(server.listening).toBe(true), { timeout: 20_000 })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const probe = createOllamaProbe(`http://127.0.0.1:${port}`)
  await probe.look()
  expect(probe.found()).toEqual({ answers: false, model: null, embedModel: null })
})

test('loads no SDK before it is needed: an idle worker does not carry three of them', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
    const { createAdapters } = await import(process.env.MODULE)
    const { keyed, ollama } = createAdapters({ config: { OLLAMA_BASE_URL: 'http://127.0.0.1:9' } })
    const adapters = [keyed.groq.withKey('k'), keyed.gemini.withKey('k'), ollama().adapter]
    console.log(JSON.stringify({ adapters: adapters.length, loaded }))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: { ...process.env, MODULE: new URL('create-adapters.ts', import.meta.url).href } },
  )
  const { adapters, loaded } = JSON.parse(stdout) as { adapters: number; loaded: string[] }
  expect(adapters).toBe(3)
  expect(loaded.some((url) => url.endsWith('/gemini/gemini-client.ts'))).toBe(true)
  expect(loaded.filter((url) => /groq-sdk|generative-ai|node_modules\/ollama/.test(url))).toEqual(
    [],
  )
}, 60_000)

test('ships no default model that its provider has retired, or answers with another one', () => {
  const { groq, gemini } = adaptersOf({}).keyed
  expect(groq.model).not.toMatch(/^llama-3/)
  expect(gemini.model).not.toMatch(/^gemini-[12]/)
})
