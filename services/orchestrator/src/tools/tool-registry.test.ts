import { AppError } from '@maestro/contracts/errors'
import { ToolSpec } from '@maestro/contracts/llm/chat'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readInput } from './read-input.ts'
import { createRunJavascript } from './run-javascript.ts'
import { defineTool, toolResultBytesMax, type ToolContext } from './tool.ts'
import { createToolRegistry } from './tool-registry.ts'

const context = (signal = new AbortController().signal): ToolContext => ({
  inputs: [],
  readInput: async () => '',
  callKey: 'a',
  signal,
})

const toolThat = (run: () => Promise<string>, timeoutMs = 10_000) =>
  defineTool({
    name: 'probe',
    description: 'Does what the test says.',
    input: z.object({ times: z.int().min(1).max(9).default(1) }),
    repeat: 'idempotent',
    timeoutMs,
    run,
  })

const runProbe = (run: () => Promise<string>, argumentsText = '{}') =>
  createToolRegistry([toolThat(run)]).runTool({ tool: 'probe', argumentsText, context: context() })

test('every tool makes a spec that fits the contract, with a plain object schema', () => {
  const sandbox = { run: () => Promise.reject(new Error('not asked')) }
  const specs = createToolRegistry([readInput, createRunJavascript({ sandbox })]).specs()
  expect(specs.map(({ name }) => name)).toEqual(['read_input', 'run_javascript'])
  for (const spec of specs) {
    expect(ToolSpec.parse(spec).parameters).toMatchObject({ type: 'object' })
    expect(spec.parameters).not.toHaveProperty('$schema')
  }
  // What has a default may be left away.
  expect(specs[0]?.parameters['required']).toEqual(['name'])
})

test('arguments that are no JSON are answered with what to do', async () => {
  const run = await runProbe(async () => 'never', '{"times": ')
  expect(run.ok).toBe(false)
  expect(JSON.parse(run.result)).toEqual({
    error: expect.stringMatching(/no JSON.*Call it again with one JSON object/),
  })
})

test('arguments that do not fit name the field', async () => {
  const run = await runProbe(async () => 'never', '{"times": 10}')
  expect(run.ok).toBe(false)
  expect(run.result).toMatch(/times: /)
})

test('no arguments at all are an empty object', async () => {
  expect(await runProbe(async () => '"done"', '')).toMatchObject({ ok: true, result: '"done"' })
})

test('an unknown tool is answered with the tools there are', async () => {
  const registry = createToolRegistry([toolThat(async () => '')])
  const run = await registry.runTool({ tool: 'shell', argumentsText: '{}', context: context() })
  expect(run).toMatchObject({ ok: false, result: expect.stringContaining('there are: probe') })
})

test('a tool that does not answer in time is a problem for the model, even when it ignores its signal', async () => {
  const registry = createToolRegistry([toolThat(() => new Promise(() => {}), 20)])
  const run = await registry.runTool({ tool: 'probe', argumentsText: '', context: context() })
  expect(run).toMatchObject({ ok: false, result: expect.stringContaining('0.02 s') })
})

test('an outage is thrown, because a model cannot mend it', async () => {
  const outage = new AppError('UNAVAILABLE')
  await expect(runProbe(() => Promise.reject(outage))).rejects.toBe(outage)
})

test('an aborted call throws the reason of its signal at once', async () => {
  const controller = new AbortController()
  const registry = createToolRegistry([toolThat(() => new Promise(() => {}))])
  const call = { tool: 'probe', argumentsText: '', context: context(controller.signal) }
  const running = registry.runTool(call)
  controller.abort(new Error('cancelled by a person'))
  await expect(running).rejects.toThrow('cancelled by a person')
  await expect(registry.runTool(call)).rejects.toThrow('cancelled by a person')
})

test('a text beyond the limit is cut between characters and says so', async () => {
  const whole = await runProbe(async () => '€'.repeat(toolResultBytesMax / 3 - 1))
  expect(whole.result).not.toContain('cut here')
  const cut = await runProbe(async () => '€'.repeat(toolResultBytesMax))
  expect(cut.ok).toBe(true)
  expect(Buffer.byteLength(cut.result)).toBeLessThanOrEqual(toolResultBytesMax)
  expect(cut.result).toMatch(/^€+\n\[cut here: 786432 bytes in all/)
})
