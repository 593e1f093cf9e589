import { llmWorkSubject } from '@maestro/contracts/bus/subjects'
import { AgentId, CallId, TaskId, UserId } from '@maestro/contracts/ids'
import { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import { createInbox, type NatsConnection } from '@maestro/service-kit/nats'
import { newToken } from '@maestro/service-kit/new-id'

/** After so long without a reply the call is asked for again, as the orchestrator's successor does. */
const askAgainMs = 20_000
const deadlineMs = 150_000

/** Whose a call is, by its number: every level has several owners. */
export const whoOf = (run: string, number: number) => {
  const task = number % 20
  return {
    userId: UserId.parse(`user-${number % 4}`),
    taskId: TaskId.parse(`task_${run}t${task}`),
    agentId: AgentId.parse(`agt_${run}t${task}_a${number % 3}`),
  }
}

export const newRun = () => newToken().slice(-8)

export type Asked = { callId: CallId; reply: CallReply | null }

/** Asks for one call as the orchestrator does, and waits for its reply; null when none came in time. */
export const askCall = async (
  nats: NatsConnection,
  who: Pick<CallWork, 'userId' | 'taskId' | 'agentId'>,
  { name, outputTokensMax, text }: { name: string; outputTokensMax: number; text: string },
): Promise<Asked> => {
  const callId = CallId.parse(`call_${who.taskId.slice('task_'.length)}_${name}_1_1`)
  const replyTo = createInbox('_INBOX_orchestrator')
  const untilMs = Date.now() + deadlineMs
  const replies: CallReply[] = []
  let heard: () => void = () => undefined
  const subscription = nats.subscribe(replyTo, {
    callback: (_error, message) => {
      replies.push(CallReply.parse(message.json()))
      heard()
    },
  })
  const work: CallWork = {
    ...who,
    callId,
    ask: 1,
    stepId: null,
    purpose: 'step',
    providers: ['groq'],
    model: null,
    messages: [{ role: 'user', content: [{ text: `${callId} ${text}` }] }],
    tools: [],
    outputSchema: null,
    outputTokensMax,
    taskLimitNanoUsd: null,
    deadlineAt: new Date(untilMs).toISOString(),
    replyTo,
  }
  for (let ask = 1; replies.length === 0 && Date.now() < untilMs; ask += 1) {
    const replied = new Promise<void>((resolve) => {
      heard = resolve
    })
    const data = JSON.stringify(CallWork.parse({ ...work, ask }))
    await nats.jetstream().publish(llmWorkSubject('normal'), data, { msgID: `${callId}:${ask}` })
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), Math.min(askAgainMs, untilMs - Date.now()))
    await Promise.race([
      replied,
      new Promise<void>((resolve) => waiting.signal.addEventListener('abort', () => resolve())),
    ])
    clearTimeout(timer)
  }
  subscription.unsubscribe()
  return { callId, reply: replies[0] ?? null }
}
