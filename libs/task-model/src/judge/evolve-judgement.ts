import { judgeCallIdOf } from '@maestro/contracts/ids'
import { nanoUsd, noMoney } from '@maestro/contracts/money/nano-usd'
import { callAsAsked } from '../calls/call-as-asked.ts'
import type { EventOf } from '../event-of.ts'
import { withStep } from '../execution/with-step.ts'
import type { BornTask, CallRecord } from '../task.ts'
import type { JudgeUse } from './judging.ts'

type JudgeEvent = EventOf<'JudgementAsked' | 'ResultJudged' | 'MemoryWritten' | 'JudgeStopped'>

/** What the judge is asked, says, and keeps for later steps. */
export const evolveJudgement = (task: BornTask, event: JudgeEvent): BornTask => {
  switch (event.type) {
    case 'JudgementAsked':
      return asked(
        withUse(task, ({ calls }) => ({ calls: calls + 1 })),
        event,
      )
    case 'ResultJudged': {
      const { stepId, verdict, concern, reason, words, agent } = event.data
      const judged = withStep(task, stepId, ({ judging, phase }) => {
        if (judging === undefined) return {}
        const wanted = agent === undefined ? {} : { agent }
        const judgement = { verdict, concern, reason, words, ...wanted }
        return {
          judging: { ...judging, judgement },
          ...(phase === 'judging' && { phase: judging.phase }),
        }
      })
      if (verdict !== 'none') return judged
      return withUse(judged, ({ withoutVerdict }) => ({ withoutVerdict: withoutVerdict + 1 }))
    }
    case 'MemoryWritten':
      return { ...task, memories: [...(task.memories ?? []), { ...event.data, at: event.at }] }
    case 'JudgeStopped':
      return withUse(task, () => ({ isStopped: true }))
    default:
      event satisfies never
      return task
  }
}

const unused: JudgeUse = { calls: 0, costNanoUsd: noMoney, withoutVerdict: 0 }

const withUse = (task: BornTask, change: (use: JudgeUse) => Partial<JudgeUse>): BornTask => {
  const use = task.judgeUse ?? unused
  return { ...task, judgeUse: { ...use, ...change(use) } }
}

/** What a judgement has cost is the judge's, not the step's: a step is not held to its caps by who watches it. */
export const withJudgeCost = (task: BornTask, costNanoUsd: number): BornTask =>
  withUse(task, (use) => ({ costNanoUsd: nanoUsd(use.costNanoUsd + costNanoUsd) }))

const asked = (task: BornTask, { data, at }: EventOf<'JudgementAsked'>): BornTask => {
  const { stepId, attempt, turn, about, output, ask, repair } = data
  const callId = judgeCallIdOf(task.taskId, { stepId, attempt, turn, ask })
  const call: CallRecord = {
    callId,
    purpose: 'observe',
    attempt,
    turn,
    ...callAsAsked(at),
  }
  const looked = { attempt, turn, about, output, callId, ask, repair, judgement: null }
  return withStep(task, stepId, ({ calls, judging, phase }) => {
    const resumed = (phase === 'judging' ? judging?.phase : phase) ?? 'answered'
    return {
      phase: 'judging',
      calls: [...calls, call],
      judging: { ...looked, phase: resumed },
    }
  })
}
