import { type Budget, BudgetId } from '@maestro/contracts/budget/budget'
import { reserveBudget } from '@maestro/contracts/budget/budget-endpoints'
import { putBudget } from '@maestro/contracts/budget/limit-endpoints'
import { AgentId, CallId, TaskId, UserId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import { closedLoop, type LoadFigures } from './closed-loop.ts'

const clients = 64
const limit = 9_000_000_000_000_000

const whoOf = (client: number) => ({
  userId: UserId.parse(`user-${client % 8}`),
  taskId: TaskId.parse(`task_bench${client % 32}`),
  agentId: AgentId.parse(`agt_bench${client % 32}_a${client}`),
})

/** A budget on each of the four levels over every client; the global one is over all of them. */
export const putBenchBudgets = async (call: Call): Promise<void> => {
  const rules = {
    unit: 'nano-usd',
    period: 'monthly',
    timeZone: 'UTC',
    limit,
    action: 'refuse',
    alertPercents: [50, 100],
  } as const satisfies Partial<Budget>
  await call(putBudget, {
    ...rules,
    budgetId: BudgetId.parse('global'),
    scope: 'global',
    id: 'global',
  })
  const owners = new Map<string, Pick<Budget, 'scope' | 'id'>>()
  for (let client = 0; client < clients; client += 1) {
    const { userId, taskId, agentId } = whoOf(client)
    owners.set(userId, { scope: 'user', id: userId })
    owners.set(taskId, { scope: 'task', id: taskId })
    owners.set(agentId, { scope: 'agent', id: agentId })
  }
  for (const [index, owner] of [...owners.values()].entries())
    await call(putBudget, { ...rules, ...owner, budgetId: BudgetId.parse(`bdg_bench-${index}`) })
}

/** Reservations by the bus, as a router asks for them. */
export const measureReserve = (
  call: Call,
  { run, runMs }: { run: string; runMs: number },
): Promise<LoadFigures> =>
  closedLoop({
    clients,
    runMs,
    ask: async (client, number) => {
      const callId = CallId.parse(`call_bench${run}_c${client}_${number}_1`)
      await call(reserveBudget, {
        ...whoOf(client),
        attemptId: `${callId}.1`,
        callId,
        stepId: null,
        purpose: 'step',
        taskLimitNanoUsd: null,
        provider: 'groq',
        model: 'openai/gpt-oss-120b',
        inputBytes: 4_000,
        outputTokensMax: 1_000,
        leaseMs: 600_000,
      })
    },
  })
