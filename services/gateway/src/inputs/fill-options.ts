import type { HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { JudgeOptions } from '@maestro/contracts/task/result-judgement'
import {
  defaultJudgeOptions,
  defaultTaskOptions,
  type TaskOptions,
} from '@maestro/contracts/task/task-options'

/** Fills in what was left out, and turns money into integers. */
export const fillOptions = (options: HttpTaskOptions): TaskOptions => {
  const { limits, drafting } = defaultTaskOptions
  const { costUsd, toolCallsMax, callsMax, answerBytesMax, depthMax, fanOutMax } =
    options.limits ?? {}
  const { costUsd: draftUsd, stepsMax } = options.drafting ?? {}
  return {
    autonomy: options.autonomy ?? defaultTaskOptions.autonomy,
    providers: options.providers ?? defaultTaskOptions.providers,
    limits: {
      costNanoUsd:
        costUsd === undefined || costUsd === null ? limits.costNanoUsd : nanoUsdFromText(costUsd),
      durationMs: options.limits?.durationMs ?? limits.durationMs,
      turnsMax: options.limits?.turnsMax ?? limits.turnsMax,
      stepsParallelMax: options.limits?.stepsParallelMax ?? limits.stepsParallelMax,
      ...(toolCallsMax !== undefined && { toolCallsMax }),
      ...(callsMax !== undefined && { callsMax }),
      ...(answerBytesMax !== undefined && { answerBytesMax }),
      ...(depthMax !== undefined && { depthMax }),
      ...(fanOutMax !== undefined && { fanOutMax }),
    },
    drafting: {
      roundsMax: options.drafting?.roundsMax ?? drafting.roundsMax,
      scoreMin: options.drafting?.scoreMin ?? drafting.scoreMin,
      ...(draftUsd !== undefined && { costNanoUsd: nanoUsdFromText(draftUsd) }),
      ...(stepsMax !== undefined && { stepsMax }),
    },
    ...(options.cache !== undefined && { cache: options.cache }),
    ...(options.strategy !== undefined && { strategy: options.strategy }),
    ...(options.gates !== undefined && { gates: options.gates }),
    ...(options.judge !== undefined && { judge: judgeOf(options.judge) }),
  }
}

const judgeOf = ({
  costUsd,
  callsMax,
  turnsBetween,
  strategy,
  agentChanges,
}: NonNullable<HttpTaskOptions['judge']>): JudgeOptions => {
  const usual = defaultJudgeOptions
  return {
    callsMax: callsMax ?? usual.callsMax,
    costNanoUsd: costUsd === undefined ? usual.costNanoUsd : nanoUsdFromText(costUsd),
    turnsBetween: turnsBetween ?? usual.turnsBetween,
    ...(strategy !== undefined && { strategy }),
    ...(agentChanges !== undefined && { agentChanges }),
  }
}
