import { writeBrief, type Brief } from '@maestro/contracts/llm/brief'
import { Answer } from '@maestro/contracts/llm/chat'
import {
  ObserverAnswer,
  PlannerAnswer,
  type PlanDraft,
  type StepPromise,
} from '@maestro/contracts/task/plan-draft'
import { JudgeAnswer } from '@maestro/contracts/task/result-judgement'
import { describe, expect, test } from 'vitest'
import type { ChatMessage, ChatRequest } from '../provider-adapter.ts'
import { answerToolCall } from './answer-tool-call.ts'
import { createRehearsalAdapter } from './rehearsal-adapter.ts'

const texts: Record<string, string> = {
  'sales.csv': `region;amount;note\n${Array.from({ length: 12_500 }, (_, i) => `${['North', 'South'][i % 2]};${i / 4};"no ""${i % 3}"""`).join('\n')}\n`,
  'shop.json': JSON.stringify({ items: [{ price: 3 }, { price: 5 }], open: true }),
  'notes.md': `# Notes\n\n${'The harbour grew because the crane works at night. '.repeat(3)}Nobody expected the harbour and the crane to last.\n`,
}
const inputNames = Object.keys(texts)
texts['long.txt'] = 'The tide comes in twice a day here. '.repeat(20_000)

const mediaTypes: Record<string, string> = {
  'sales.csv': 'text/csv',
  'shop.json': 'application/json',
  'notes.md': 'text/markdown',
}
const goal = 'Say how the harbour did this year, and what to do next.'
const tools = ['read_input', 'run_javascript'].map((name) => ({
  name,
  description: name,
  parameters: {},
}))
const inputsOf = (names: readonly string[]) =>
  names.map((name) => ({
    name,
    mediaType: mediaTypes[name] ?? 'text/plain',
    bytes: Buffer.byteLength(texts[name] ?? ''),
  }))

const adapter = createRehearsalAdapter({ chunkDelayMs: 0 })
const requestOf = (
  brief: Brief,
  blocks: string,
  later: readonly ChatMessage[] = [],
  toolNames = ['read_input', 'run_javascript'],
): ChatRequest => ({
  model: 'rehearsal-1',
  purpose: brief.purpose === 'refine' ? 'step' : brief.purpose,
  messages: [
    { role: 'system', text: 'You are an agent of Maestro.' },
    { role: 'user', text: `${writeBrief(brief)}<goal>${goal}</goal>\n${blocks}` },
    ...later,
  ],
  tools: tools.filter(({ name }) => toolNames.includes(name)),
  outputSchema: null,
  outputTokensMax: 4_096,
})
const ask = async (request: ChatRequest) => {
  const { answer } = await adapter.chat(request, { signal: new AbortController().signal })
  return Answer.parse(answer)
}

type StepAsk = {
  title?: string
  inputs?: readonly string[]
  outputs?: readonly { name: string; title: string; text: string }[]
  promise?: Partial<StepPromise>
  toolNames?: string[]
  instruction?: string
  turnsMax?: number
  answerTool?: typeof answerToolCall
}

/** Turn after turn, as the orchestrator runs a step. */
const runStep = async ({
  title = 'Look at it',
  inputs = [],
  outputs = [],
  promise = {},
  toolNames = ['read_input', 'run_javascript'],
  instruction = 'Do what the title says.',
  turnsMax = 12,
  answerTool = answerToolCall,
}: StepAsk) => {
  const later: ChatMessage[] = []
  const blocks = [
    `<instruction>${instruction}</instruction>`,
    ...outputs.map(
      ({ name, title: of, text }) =>
        `<output step="step_${name}" title="${of}">\n${text}\n</output>`,
    ),
  ].join('\n')
  for (let turn = 1; turn <= turnsMax; turn += 1) {
    const brief: Brief = {
      purpose: 'step',
      title,
      inputs: inputsOf(inputs),
      needs: outputs.map(({ name }) => `step_${name}`),
      promise: { description: 'What is promised.', format: 'markdown', from: 'answer', ...promise },
      turn,
      turnsMax,
    }
    const answer = await ask(requestOf(brief, blocks, later, toolNames))
    if (answer.toolCalls.length === 0) return { text: answer.text, turn }
    expect(answer.finish).toBe('tool_calls')
    later.push({
      role: 'assistant',
      text: answer.text,
      toolCalls: answer.toolCalls,
      providerParts: null,
    })
    for (const call of answer.toolCalls) {
      const text = answerTool(call, texts)
      later.push({ role: 'tool', toolCallId: call.id, name: call.name, text })
      if (promise.from === 'tool') return { text, turn }
    }
  }
  throw new Error('the step never answered')
}

const draftLoop = async () => {
  const inputs = inputsOf(inputNames)
  let findings: Extract<Brief, { purpose: 'plan' }>['findings'] = []
  const rounds: { plan: PlanDraft; verdicts: ObserverAnswer[] }[] = []
  for (const round of [1, 2]) {
    const planBrief: Brief = { purpose: 'plan', round, inputs, tools, findings }
    const { plan } = PlannerAnswer.parse(
      JSON.parse((await ask(requestOf(planBrief, '', [], []))).text),
    )
    const verdicts: ObserverAnswer[] = []
    for (const purpose of ['judge-agents', 'judge-plan'] as const) {
      const brief: Brief = { purpose, version: round, scoreMin: 0.8, inputs }
      const blocks = `<plan>${JSON.stringify(plan)}</plan>`
      verdicts.push(
        ObserverAnswer.parse(JSON.parse((await ask(requestOf(brief, blocks, [], []))).text)),
      )
    }
    findings = verdicts.flatMap((verdict, at) =>
      verdict.findings.map((finding) => ({ id: `f${at}`, observer: 'plan-observer', ...finding })),
    )
    rounds.push({ plan, verdicts })
  }
  return rounds
}

describe('rehearsal', () => {
  test('drafts, is sent back once, and then has both observers approve the same version', async () => {
    const rounds = await draftLoop()
    expect(rounds.map(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).toEqual([
      ['approve', 'revise'],
      ['approve', 'approve'],
    ])
    expect(rounds[0]?.verdicts[1]?.score).toBeLessThan(0.8)
    expect(rounds[1]?.verdicts.every(({ score }) => score >= 0.9)).toBe(true)
  })

  test('runs its own plan to a report with the facts of every input', async () => {
    const plan = (await draftLoop()).at(-1)?.plan
    const outputs = new Map<string, { name: string; title: string; text: string }>()
    for (const step of plan?.steps ?? []) {
      const { text } = await runStep({
        title: step.title,
        inputs: step.inputs,
        promise: step.promise,
        instruction: step.instruction,
        outputs: step.needs.flatMap((need) => outputs.get(need) ?? []),
        toolNames: plan?.agents.find(({ name }) => name === step.agent)?.tools ?? [],
      })
      expect(text).toContain('This is a rehearsal: no language model was asked.')
      outputs.set(step.name, { name: step.name, title: step.title, text })
    }
    const report = outputs.get('report')?.text ?? ''
    expect(report).toMatch(/^# Say how the harbour did this year/)
    expect(report).toContain('**sales.csv** is a table of **12,500 rows** and **3 columns**')
    expect(report).toContain('| amount | 12,500 | 0 | 0 | 1562.38 | 3124.75 |')
    expect(report).toContain('North (6250), South (6250)')
    expect(report).toContain('**shop.json** is an object with 2 keys')
    expect(report).toContain(`**notes.md** has **${texts['notes.md']?.length} characters**`)
    expect(report).toContain('> The harbour grew because the crane works at night.')
    expect(report).toContain('Every input was counted again in another way, and the figures agree.')
    // The label stands once, not in every part.
    expect(report.split('This is a rehearsal').length).toBe(2)
  })

  test('is deterministic', async () => {
    const [first, second] = [await draftLoop(), await draftLoop()]
    expect(second).toEqual(first)
    const step = { inputs: inputNames }
    expect(await runStep(step)).toEqual(await runStep(step))
  })

  test('asks for all inputs of a step in one turn, one call each, with ids of their own', async () => {
    const brief: Brief = {
      purpose: 'step',
      title: 'All',
      inputs: inputsOf(inputNames),
      needs: [],
      promise: { description: 'd', format: 'markdown', from: 'answer' },
      turn: 1,
      turnsMax: 3,
    }
    const { toolCalls, finish } = await ask(requestOf(brief, ''))
    expect(finish).toBe('tool_calls')
    expect(toolCalls.map(({ name }) => name)).toEqual([
      'run_javascript',
      'run_javascript',
      'read_input',
    ])
    expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(3)
  })

  test('reads a long text window by window, up to a bound, and says what it has not read', async () => {
    const { text, turn } = await runStep({ inputs: ['long.txt'] })
    expect(turn).toBe(5)
    expect(text).toContain('**long.txt** has **720,000 characters**')
    expect(text).toContain('in the first 262,144 of them')
  })

  test('answers in its last turn even when it would like to read on', async () => {
    const { text, turn } = await runStep({ inputs: ['long.txt'], turnsMax: 2 })
    expect(turn).toBe(2)
    expect(text).toContain('in the first 65,536 of them')
  })

  test('says that a tool failed instead of inventing figures', async () => {
    for (const told of [
      '{"error":"The code ran for more than 5 s."}',
      'You are not allowed to call this tool.',
    ]) {
      const { text } = await runStep({ inputs: ['sales.csv'], answerTool: () => told })
      expect(text).toContain('**sales.csv** could not be worked on')
      expect(text).toContain(told.startsWith('{') ? 'more than 5 s' : 'not allowed')
      expect(text).not.toMatch(/\d+ rows/)
    }
  })

  test('a check that finds a difference says so', async () => {
    const { text } = await runStep({
      title: 'Check the figures',
      inputs: ['sales.csv', 'shop.json'],
      toolNames: ['run_javascript'],
      outputs: [
        { name: 'a', title: 'A', text: '**sales.csv** has 12,499 rows.' },
        { name: 'b', title: 'B', text: 'shop.json has 2 keys.' },
      ],
    })
    expect(text).toContain('1 of 2 inputs agree')
    expect(text).toContain(
      '| sales.csv | 12,501 lines with the header | no output gives this figure | to be looked at |',
    )
  })

  test('gives an answer for steps that people wrote, with any tools, inputs and outputs', async () => {
    const outputs = [{ name: 'a', title: 'First', text: '# Head\n\nIt went well: 7 ships.' }]
    const asks: readonly (readonly [StepAsk, RegExp])[] = [
      [{ title: 'Sum it up', outputs }, /First: It went well: 7 ships\./],
      [{ title: 'Think', instruction: 'Think about ships.' }, /Think about ships/],
      [{ inputs: ['sales.csv'], toolNames: [] }, /sales\.csv\*\* was not read/],
      [{ inputs: ['sales.csv'], toolNames: ['read_input'] }, /sales\.csv\*\* has \*\*/],
      [{ inputs: ['notes.md'], toolNames: ['run_javascript'] }, /notes\.md\*\* has \*\*/],
      [{ title: 'Report', inputs: ['sales.csv'], outputs }, /12,500 rows[\s\S]*7 ships/],
      [
        { title: 'Look', inputs: ['shop.json'], promise: { format: 'text' } },
        /shop\.json is[^*]*This is a rehearsal/,
      ],
    ]
    for (const [step, expected] of asks) expect((await runStep(step)).text).toMatch(expected)
  })

  test('a promise of JSON is kept as JSON', async () => {
    const { text } = await runStep({ inputs: ['sales.csv'], promise: { format: 'json' } })
    expect(JSON.parse(text)).toMatchObject({
      rehearsal: true,
      facts: [{ kind: 'csv', rows: 12_500 }],
    })
  })

  test('a promise of a tool’s answer is one call and nothing else, with or without inputs', async () => {
    const promise = { from: 'tool', format: 'json' } as const
    const one = await runStep({ inputs: ['sales.csv'], promise })
    expect(one.turn).toBe(1)
    expect(JSON.parse(one.text).result).toMatchObject({ kind: 'csv', rows: 12_500 })
    const two = await runStep({ inputs: ['sales.csv', 'shop.json'], promise, turnsMax: 1 })
    expect(JSON.parse(two.text).result).toMatchObject([{ kind: 'csv' }, { kind: 'json' }])
    const none = await runStep({ promise })
    expect(JSON.parse(none.text).result).toMatchObject({ kind: 'words', title: 'Look at it' })
  })

  test('goes on where another model called tools in its own way', async () => {
    const brief: Brief = {
      purpose: 'step',
      title: 'Look',
      inputs: inputsOf(['sales.csv']),
      needs: [],
      promise: { description: 'd', format: 'markdown', from: 'answer' },
      turn: 2,
      turnsMax: 2,
    }
    const call = {
      id: 'x',
      name: 'run_javascript',
      argumentsText: '{"code":"input(inputs[0]).length"}',
    }
    const { text } = await ask(
      requestOf(brief, '', [
        { role: 'assistant', text: 'Let me see.', toolCalls: [call], providerParts: null },
        {
          role: 'tool',
          toolCallId: 'x',
          name: 'run_javascript',
          text: '{"result":4711,"logs":[]}',
        },
      ]),
    )
    expect(text).toContain('4711')
  })

  test('answers a request to repair with the answer itself', async () => {
    const brief: Brief = { purpose: 'plan', round: 1, inputs: [], tools: [], findings: [] }
    const first = await ask(requestOf(brief, ''))
    const again = await ask(
      requestOf(brief, '', [
        { role: 'assistant', text: first.text, toolCalls: [], providerParts: null },
        { role: 'user', text: 'This is no valid JSON. Answer again.' },
      ]),
    )
    expect(again.text).toBe(first.text)
  })

  test('refuses a request that it does not understand', async () => {
    const request = {
      ...requestOf({ purpose: 'plan', round: 1, inputs: [], tools: [], findings: [] }, ''),
      messages: [{ role: 'user' as const, text: 'Hello?' }],
    }
    const { signal } = new AbortController()
    await expect(adapter.chat(request, { signal })).rejects.toMatchObject({
      failureClass: 'invalid_request',
    })
  })
})

describe('the stream of rehearsal', () => {
  const request = requestOf(
    { purpose: 'plan', round: 2, inputs: inputsOf(inputNames), tools, findings: [] },
    '',
  )

  test('comes in pieces that make up the answer, and is counted', async () => {
    const pieces: string[] = []
    const { signal } = new AbortController()
    const slow = createRehearsalAdapter({ chunkDelayMs: 1 })
    const { answer, usage, model } = await slow.stream(request, {
      signal,
      onDelta: ({ text }) => pieces.push(text),
    })
    expect(pieces.join('')).toBe(answer.text)
    expect(pieces.length).toBeGreaterThan(10)
    expect(pieces.length).toBeLessThanOrEqual(40)
    expect(model).toBe('rehearsal-1')
    expect(usage.outputTokens).toBeGreaterThan(answer.text.length / 8)
    expect(usage.inputTokens).toBeGreaterThan(0)
  })

  test('comes in one piece where no time is to be lost', async () => {
    const pieces: string[] = []
    const { signal } = new AbortController()
    const { answer } = await adapter.stream(request, {
      signal,
      onDelta: ({ text }) => pieces.push(text),
    })
    expect(pieces).toEqual([answer.text])
  })

  test('ends at once when it is cancelled, before, between pieces, and says whether any had come', async () => {
    const slow = createRehearsalAdapter({ chunkDelayMs: 60_000 })
    const before = slow.stream(request, { signal: AbortSignal.abort(), onDelta: () => {} })
    await expect(before).rejects.toMatchObject({ failureClass: 'cancelled', afterContent: false })

    const controller = new AbortController()
    const waiting = slow.stream(request, { signal: controller.signal, onDelta: () => {} })
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ failureClass: 'cancelled', afterContent: false })

    const later = new AbortController()
    const midway = createRehearsalAdapter({ chunkDelayMs: 1 }).stream(request, {
      signal: later.signal,
      onDelta: () => later.abort(),
    })
    await expect(midway).rejects.toMatchObject({ failureClass: 'cancelled', afterContent: true })
  })
})

test('it judges a result by the schema of a judge, and keeps what a delivery says first', async () => {
  const promise = { description: 'a report', format: 'markdown', from: 'answer' }
  const brief = { purpose: 'observe', title: 'Report', about: 'delivery', promise } as const
  const { text } = await ask(
    requestOf(
      { ...brief, tools: [], turn: 1, turnsMax: 12 },
      '<delivery>\n# Harbour\n\nThe **harbour** grew. Nobody knew.\n</delivery>',
    ),
  )
  expect(JudgeAnswer.parse(JSON.parse(text))).toMatchObject({
    verdict: 'ok',
    memories: [{ key: 'Report', text: 'The harbour grew. Nobody knew.' }],
  })
})
