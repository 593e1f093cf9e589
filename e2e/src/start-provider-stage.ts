import { BudgetLine } from '@maestro/contracts/gateway/routes/budget-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import type {
  EmulatedProvider,
  EmulatedReply,
  EmulatedRequest,
} from '@maestro/testkit/providers/emulator-script'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { z } from 'zod'
import { capableModel } from './capable-model.ts'
import { goalOf } from '@maestro/testkit/providers/goal-of'
import { createHttpClient } from './http-client.ts'

/** What a provider does in one task; where it is silent, the capable model answers. */
export type ProviderScript = (request: EmulatedRequest) => EmulatedReply | undefined
export type ProviderScripts = Partial<Record<EmulatedProvider, ProviderScript>>

const Budgets = z.object({ items: z.array(BudgetLine) })
const rain = { name: 'rain.csv', mediaType: 'text/csv', text: 'month,mm\n1,80\n2,60\n3,95\n' }
/** Far more than any task here can cost. */
const plentyUsd = '2'

/** A whole Maestro with all three providers configured, each an emulator that a test gives its lines. */
export const startProviderStage = async () => {
  const scripts = new Map<string, ProviderScripts>()
  const emulatorOf = (provider: EmulatedProvider) => {
    const answer = (request: EmulatedRequest) =>
      scripts.get(goalOf(request))?.[provider]?.(request) ?? capableModel(request)
    return startProviderEmulator({ provider, script: { answer } })
  }
  const [groq, gemini, ollama] = await Promise.all([
    emulatorOf('groq'),
    emulatorOf('gemini'),
    emulatorOf('ollama'),
  ])
  const emulators = { groq, gemini, ollama }
  const system = await startTestSystem({
    env: {
      GROQ_API_KEY: 'gsk_test',
      GROQ_BASE_URL: groq.url,
      GEMINI_API_KEY: 'gemini-test',
      GEMINI_BASE_URL: gemini.url,
      OLLAMA_BASE_URL: ollama.url,
    },
  })
  const client = createHttpClient(system)

  return {
    system,
    client,
    emulators,
    /** A task whose goal tells it apart from all others, with the lines of its providers. */
    startTask: async (
      goal: string,
      lines: ProviderScripts = {},
      { costUsd = plentyUsd, providers }: { costUsd?: string; providers?: EmulatedProvider[] } = {},
    ) => {
      scripts.set(goal, lines)
      const options = { limits: { costUsd }, ...(providers && { providers }) }
      const { taskId } = await client.createTask({ goal, inputs: [rain], options })
      return taskId
    },
    /** The requests that a provider received for the task of that goal. */
    asked: (provider: EmulatedProvider, goal: string) =>
      emulators[provider].requests.flatMap((received) =>
        received.request && goalOf(received.request) === goal
          ? [{ ...received, request: received.request }]
          : [],
      ),
    events: async (taskId: string): Promise<TaskEvent[]> =>
      (await client.allEvents(taskId)).flatMap((event) => fromCloudEvent(event) ?? []),
    /** What budget has booked for the task and what it still holds for it, in nano-dollars. */
    budgetOf: async (taskId: string) => {
      const { items } = Budgets.parse(await client.ask(`/api/budgets?taskId=${taskId}`))
      const level = items.find(({ scope }) => scope === 'task')
      if (level?.unit !== 'usd') throw new Error(`${taskId} has no budget`)
      return {
        settledNanoUsd: nanoUsdFromText(level.settledUsd),
        reservedNanoUsd: nanoUsdFromText(level.reservedUsd),
        limitNanoUsd: nanoUsdFromText(level.limitUsd),
      }
    },
    stop: async () => {
      await system.stop()
      await Promise.all(Object.values(emulators).map((emulator) => emulator.close()))
    },
  }
}

export type ProviderStage = Awaited<ReturnType<typeof startProviderStage>>
