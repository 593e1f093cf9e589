import { afterAll, describe, expect, test } from 'vitest'
import { createRunJavascript } from './run-javascript.ts'
import { createSandboxPool } from './sandbox/sandbox-pool.ts'
import { createToolRegistry } from './tool-registry.ts'
import { toolResultBytesMax } from './tool.ts'

// The real sandbox: QuickJS in WebAssembly in a thread.
const sandbox = createSandboxPool()
const registry = createToolRegistry([createRunJavascript({ sandbox })])
afterAll(() => sandbox.close())

const run = async (code: string, inputs: Record<string, string> = {}) => {
  const { ok, result } = await registry.runTool({
    tool: 'run_javascript',
    argumentsText: JSON.stringify({ code }),
    context: {
      inputs: Object.entries(inputs).map(([name, text]) => ({
        name,
        mediaType: 'text/plain',
        bytes: Buffer.byteLength(text),
      })),
      readInput: async (name) => inputs[name] ?? '',
      callKey: 'task_a step_a/1/1/call_1',
      signal: new AbortController().signal,
    },
  })
  return { ok, text: result, answer: JSON.parse(result) as Record<string, unknown> }
}
const resultOf = async (code: string, inputs?: Record<string, string>) => {
  const { ok, answer } = await run(code, inputs)
  expect({ ok, answer }).toMatchObject({ ok: true })
  return answer['result']
}
const errorOf = async (code: string, inputs?: Record<string, string>) => {
  const { ok, answer } = await run(code, inputs)
  expect({ ok, answer }).toMatchObject({ ok: false })
  return answer['error']
}

describe('run_javascript', { timeout: 120_000 }, () => {
  test('gives the value of the last expression, of a return, or of an awaited promise', async () => {
    expect(await resultOf('const a = 20; a + 1')).toBe(21)
    expect(await resultOf('const a = 20\nreturn { a }')).toEqual({ a: 20 })
    expect(await resultOf('const a = await Promise.resolve(3); return a * 2')).toBe(6)
    expect(await resultOf('(async () => [1, 2])()')).toEqual([1, 2])
  })

  test('says so when the code gives no value', async () => {
    const { ok, answer } = await run('const a = 1')
    expect(ok).toBe(true)
    expect(answer).toMatchObject({ result: null, note: expect.stringContaining('return one') })
  })

  test('writes values that JSON does not know in a useful way', async () => {
    expect(
      await resultOf('({ big: 2n ** 64n, map: new Map([["a", 1]]), set: new Set([1]) })'),
    ).toEqual({ big: '18446744073709551616', map: [['a', 1]], set: [1] })
  })

  test('reads the inputs of the step, and no others', async () => {
    const inputs = { 'a.txt': 'erste\nzweite 😀', 'b.txt': 'B' }
    expect(await resultOf('inputs', inputs)).toEqual(['a.txt', 'b.txt'])
    expect(await resultOf('input("a.txt").split("\\n")[1] + input("b.txt")', inputs)).toBe(
      'zweite 😀B',
    )
    expect(await errorOf('input("c.txt")', inputs)).toMatch(
      /no input "c\.txt".*there are: a\.txt, b\.txt/,
    )
    expect(await errorOf('input({ toString: () => "a.txt" })', inputs)).toContain('no input')
  })

  test('keeps every character of an input in its place, even one that ends C strings', async () => {
    expect(
      await resultOf('const t = input("a"); [t.length, t.at(-1), t.charCodeAt(1)]', { a: 'x\0€y' }),
    ).toEqual([4, 'y', 0xfffd])
  })

  test('captures console in order, also from jobs that run after the script', async () => {
    const { answer } = await run(
      'Promise.resolve().then(() => console.log("job")); console.log("first", { a: 1 }, [2]); console.error("second"); 1',
    )
    expect(answer).toEqual({ result: 1, logs: ['first {"a":1} [2]', 'second', 'job'] })
  })

  test('bounds what console writes and says what was left out', async () => {
    const { answer, text } = await run(
      'for (let i = 0; i < 5000; i++) console.log("x".repeat(50)); 1',
    )
    expect(Buffer.byteLength(text)).toBeLessThan(20_000)
    expect((answer['logs'] as string[]).at(-1)).toBe('[4800 more lines were left out]')
  })

  test('hands over the start of a result that is too large, and says so', async () => {
    for (const filler of ['x', '€', '\\u0001']) {
      const { ok, answer, text } = await run(`"${filler}".repeat(3_000_000)`)
      expect(ok).toBe(true)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(toolResultBytesMax)
      expect(answer).toMatchObject({ result: null, note: expect.stringContaining('too large') })
    }
  })

  test('names the line of an error, and of a syntax error', async () => {
    expect(await errorOf('const a = 1\n\na.b.c()')).toMatch(/^TypeError: .*script\.js:3/)
    expect(await errorOf('const a = 1\nreturn a.b.c')).toMatch(/script\.js:2/)
    expect(await errorOf('let a = 1\nlet b = (;')).toMatch(/^SyntaxError: .*script\.js:2/)
    expect(await errorOf('import fs from "node:fs"')).toContain('no modules here')
  })

  test('survives whatever is thrown', async () => {
    expect(await errorOf('throw null')).toBe('The code threw null')
    expect(await errorOf('throw undefined')).toBe('The code threw undefined')
    expect(await errorOf('throw Symbol("odd")')).toBe('The code threw Symbol(odd)')
    expect(await errorOf('throw { code: 7 }')).toBe('The code threw {"code":7}')
    expect(await errorOf('throw { toJSON() { throw 1 }, toString() { throw 2 } }')).toContain(
      'cannot be shown',
    )
    expect(await errorOf('throw new Error("x".repeat(1e6))')).toHaveLength(4_000)
    expect(await errorOf('Promise.reject(new RangeError("later"))')).toContain('RangeError: later')
    expect(await errorOf('const a = {}; a.a = a; a')).toContain('circular')
    expect(await errorOf('new Promise(() => {})')).toContain('nothing settles')
  })

  test('logs come with an error', async () => {
    expect((await run('console.log("so far"); throw new Error("no")')).answer).toMatchObject({
      logs: ['so far'],
    })
  })

  test('has nothing of the host', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'setTimeout',
      'Buffer',
      'Atomics',
      'WebAssembly',
      'Deno',
      'module',
    ]
    expect(await resultOf(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual(
      [],
    )
    const escape = 'constructor.constructor("return this")()'
    expect(
      await resultOf(`typeof input.${escape}.process + typeof console.log.${escape}.process`),
    ).toBe('undefinedundefined')
    expect(await errorOf('import("node:fs")')).toContain('could not load module')
  })

  test('one run leaves nothing behind for the next', async () => {
    await run(
      'Object.prototype.polluted = 1; Array.prototype.map = null; globalThis.kept = 2; JSON.parse = () => 3; 1',
    )
    // More runs than threads, so that every thread is asked.
    const after = await Promise.all(
      Array.from({ length: 6 }, () =>
        resultOf('[typeof ({}).polluted, typeof [].map, typeof kept, JSON.parse("4")]'),
      ),
    )
    expect(after).toEqual(
      Array.from({ length: 6 }, () => ['undefined', 'function', 'undefined', 4]),
    )
  })

  test('what a script changes cannot break the way its answer leaves', async () => {
    const result = await resultOf(
      'JSON.stringify = () => "no json"; String.prototype.slice = () => "{"; Object.prototype.toJSON = () => 7; ({ a: 1 })',
    )
    expect(result).toBe(7)
  })

  test('twenty runs at once all get their own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => resultOf(`Number(input("n")) * 2`, { n: String(i) })),
    )
    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => i * 2))
  })

  test('works through a large CSV within its limits', async () => {
    const lines = ['id;name;amount']
    for (let i = 1; i <= 40_000; i += 1) lines.push(`${i};"Müller; ""${i % 7}""";${(i % 100) / 4}`)
    const code = `
      const cells = (line) => line.match(/("([^"]|"")*"|[^;]*)(;|$)/g).slice(0, 3)
        .map((cell) => cell.replace(/;$/, '').replace(/^"|"$/g, '').replaceAll('""', '"'))
      const rows = input('sales.csv').trim().split('\\n').slice(1).map(cells)
      const amounts = rows.map((row) => Number(row[2]))
      return {
        rows: rows.length,
        names: new Set(rows.map((row) => row[1])).size,
        minimum: amounts.reduce((a, b) => Math.min(a, b)),
        maximum: amounts.reduce((a, b) => Math.max(a, b)),
        mean: amounts.reduce((a, b) => a + b, 0) / amounts.length,
      }`
    expect(await resultOf(code, { 'sales.csv': lines.join('\n') })).toEqual({
      rows: 40_000,
      names: 7,
      minimum: 0,
      maximum: 24.75,
      mean: 12.375,
    })
  })
})
