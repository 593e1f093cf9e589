import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createSandboxPool, type SandboxPool } from './sandbox-pool.ts'

const limits = {
  computeMsMax: 300,
  resultCharactersMax: 1_000,
  logCharactersMax: 1_000,
  logLinesMax: 10,
}
const pools: SandboxPool[] = []
const createPool = (options: Parameters<typeof createSandboxPool>[0] = {}) => {
  const pool = createSandboxPool({ limits, ...options })
  pools.push(pool)
  return pool
}
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))

const script = (
  code: string,
  {
    inputs = {},
    signal = new AbortController().signal,
  }: { inputs?: Record<string, () => Promise<string>>; signal?: AbortSignal } = {},
) => ({
  code,
  inputNames: Object.keys(inputs),
  readInput: (name: string) => inputs[name]?.() ?? Promise.reject(new Error(`asked for ${name}`)),
  signal,
})
const value = (resultJson: string) => expect.objectContaining({ kind: 'value', resultJson })
const problem = (words: RegExp) =>
  expect.objectContaining({ kind: 'problem', problem: expect.stringMatching(words) })

describe('the sandbox', { timeout: 120_000 }, () => {
  test.each([
    ['a loop', 'for (;;);'],
    ['a loop of jobs', '(async () => { for (;;) await 0 })()'],
    ['a regular expression that backtracks', '/^(a+)+$/.test("a".repeat(40) + "b")'],
    ['a getter that the answer runs into', '({ get a() { for (;;); } })'],
    [
      'an error that does not let itself be told',
      'throw { toString() { for (;;); }, toJSON() { for (;;); } }',
    ],
    ['a loop that catches everything', 'for (;;) try { for (;;); } catch {}'],
  ])('stops %s, and runs the next script', async (_name, code) => {
    const pool = createPool({ threadsMax: 1 })
    expect(await pool.run(script(code))).toEqual(problem(/ran for more than 0\.3 s/))
    expect(await pool.run(script('1 + 1'))).toEqual(value('2'))
  })

  test.each([
    ['objects', 'const a = []; for (;;) a.push({ at: a.length })'],
    ['arrays', 'const a = []; for (;;) a.push(new Array(1000).fill(0.5))'],
    ['strings', 'const a = []; for (;;) a.push("abcdefgh".repeat(10_000) + a.length)'],
    ['buffers', 'const a = []; for (;;) a.push(new ArrayBuffer(5e6))'],
    ['one buffer', 'new ArrayBuffer(1e9)'],
  ])('bounds the memory of %s, and runs the next script', async (_name, code) => {
    const pool = createPool({ threadsMax: 1, limits: { ...limits, computeMsMax: 30_000 } })
    expect(await pool.run(script(code))).toEqual(problem(/64 MiB/))
    expect(await pool.run(script('1 + 1'))).toEqual(value('2'))
  })

  test.each([
    ['functions', 'const f = (n) => 1 + f(n + 1); f(0)'],
    ['built-in functions', 'const f = () => [2, 1].sort(f); f()'],
    ['conversions', 'const a = { toString() { return "" + a } }; "" + a'],
    ['the result', 'let a = []; for (let i = 0; i < 20_000; i++) a = [a]; a'],
    ['code', 'eval("(".repeat(100_000))'],
  ])('bounds the depth of %s, and runs the next script', async (_name, code) => {
    const pool = createPool({ threadsMax: 1, limits: { ...limits, computeMsMax: 30_000 } })
    expect(await pool.run(script(code))).toEqual(problem(/stack overflow/))
    expect(await pool.run(script('1 + 1'))).toEqual(value('2'))
  })

  test('ends the thread when a built-in function cannot be interrupted', async () => {
    const pool = createPool({ threadsMax: 1, wallMsMax: 2_000 })
    const endless = 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)'
    expect(await pool.run(script(endless))).toEqual(problem(/did not end within 2 s/))
    expect(await pool.run(script('1 + 1'))).toEqual(value('2'))
  })

  test('never blocks the event loop of its caller', async () => {
    const pool = createPool()
    const running = pool.run(script('for (;;);'))
    let turns = 0
    let ended = false
    void running.finally(() => (ended = true))
    while (!ended) {
      await setImmediate()
      turns += 1
    }
    expect(turns).toBeGreaterThan(50)
  })

  test('asks only for the inputs that the code asks for, and once for one asked in a row', async () => {
    let reads = 0
    const inputs = {
      wanted: async () => {
        reads += 1
        return 'text'
      },
      unwanted: () => Promise.reject(new Error('was asked for')),
    }
    const code = 'let n = 0; for (let i = 0; i < 100; i++) n += input("wanted").length; n'
    expect(await createPool().run(script(code, { inputs }))).toEqual(value('400'))
    expect(reads).toBe(1)
  })

  test('time that an input takes to arrive is not the time of the script', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const pool = createPool({ wallMsMax: 30_000 })
    const running = pool.run(script('input("slow").length', { inputs: { slow: () => promise } }))
    setTimeout(() => resolve('late'), 2 * limits.computeMsMax)
    expect(await running).toEqual(value('4'))
  })

  test('an input that cannot be read is thrown as it is, and the next script runs', async () => {
    const pool = createPool({ threadsMax: 1 })
    const outage = new Error('the store is down')
    const inputs = { a: () => Promise.reject(outage) }
    await expect(pool.run(script('input("a")', { inputs }))).rejects.toBe(outage)
    expect(await pool.run(script('1 + 1'))).toEqual(value('2'))
  })

  test('an aborted run ends at once, whether it computes, waits for an input, or waits in the queue', async () => {
    const pool = createPool({ threadsMax: 1, limits: { ...limits, computeMsMax: 60_000 } })
    const reason = new Error('cancelled')
    for (const code of ['for (;;);', 'input("never")']) {
      const controller = new AbortController()
      const inputs = { never: () => new Promise<string>(() => {}) }
      const running = pool.run(script(code, { inputs, signal: controller.signal }))
      const queued = pool.run(script('1', { signal: controller.signal }))
      controller.abort(reason)
      await expect(running).rejects.toBe(reason)
      await expect(queued).rejects.toBe(reason)
    }
    expect(await pool.run(script('1 + 1'))).toEqual(value('2'))
  })

  test('refuses what its queue has no room for, and runs what it took', async () => {
    const pool = createPool({ threadsMax: 1, queueMax: 3 })
    const runs = Array.from({ length: 6 }, (_, i) => pool.run(script(String(i))))
    const settled = await Promise.allSettled(runs)
    expect(settled.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => 'fulfilled'),
      ...Array.from({ length: 2 }, () => 'rejected'),
    ])
    expect(settled[5]).toMatchObject({ reason: { code: 'UNAVAILABLE', retry: true } })
  })

  test('an idle thread is ended, and a new one is started when it is needed', async () => {
    const pool = createPool({ threadsMax: 1, idleMs: 1 })
    for (let i = 0; i < 3; i += 1) {
      expect(await pool.run(script(String(i)))).toEqual(value(String(i)))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })

  test('closing refuses what runs, what waits and what comes', async () => {
    const pool = createPool({ threadsMax: 1, limits: { ...limits, computeMsMax: 60_000 } })
    await pool.run(script('1'))
    const settled = Promise.allSettled([pool.run(script('for (;;);')), pool.run(script('1'))])
    await pool.close()
    for (const end of await settled) {
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } })
    }
    await expect(pool.run(script('1'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
