import { createHash } from 'node:crypto'
import type { AttemptFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { ErrorReport } from '@maestro/contracts/llm/error-endpoints'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import { normalMessage } from './normal-message.ts'

/** A report that is not written yet: when it was, and which number it has, says the table. */
export type NewErrorReport = Omit<ErrorReport, 'reportId' | 'at' | 'suggestion'> & {
  reportKey: string
}

type Asked = Pick<CallWork, 'callId' | 'ask' | 'taskId' | 'stepId' | 'purpose'>

const patternOf = ({
  failureClass,
  provider,
  model,
  status,
  message,
}: Pick<NewErrorReport, 'failureClass' | 'provider' | 'model' | 'status' | 'message'>): string =>
  createHash('sha256')
    .update(JSON.stringify([failureClass, provider, model, status, normalMessage(message)]))
    .digest('hex')
    .slice(0, 16)

const withPattern = (report: Omit<NewErrorReport, 'pattern'>): NewErrorReport => ({
  ...report,
  pattern: patternOf(report),
})

const contextOf = ({ callId, taskId, stepId, purpose }: Asked) => ({
  callId,
  taskId,
  stepId,
  purpose,
})

/** Null: nothing failed; somebody stopped it, or it was never sent. */
export const reportOfAttempt = (
  work: Asked,
  facts: AttemptFacts,
  failure: ProviderFailure | null,
): NewErrorReport | null => {
  const { attempt, provider, model, keyId = null, outcome, reason, latencyMs } = facts
  const failureClass = outcome === 'lost' ? 'lost' : facts.failureClass
  if (outcome !== 'lost' && outcome !== 'failed') return null
  if (failureClass === null || failureClass === 'cancelled') return null
  return withPattern({
    reportKey: `${work.callId}.${attempt}`,
    ...contextOf(work),
    failureClass,
    provider,
    model,
    keyId,
    attempt,
    message: reason,
    elapsedMs: latencyMs,
    status: failure?.told.status ?? null,
    code: failure?.told.code ?? null,
    requestId: failure?.told.requestId ?? null,
    timeoutKind: failure?.timeoutKind ?? null,
    retryAfterMs: failure?.retryAfterMs ?? null,
    afterContent: failure?.afterContent ?? false,
  })
}

/** Null: it was stopped on request. */
export const reportOfCall = (
  work: Asked,
  { failureClass, message }: { failureClass: FailureClass; message: string },
  elapsedMs: number,
): NewErrorReport | null =>
  failureClass === 'cancelled'
    ? null
    : withPattern({
        reportKey: `${work.callId}.ask.${work.ask}`,
        ...contextOf(work),
        failureClass,
        provider: null,
        model: null,
        keyId: null,
        attempt: null,
        message,
        elapsedMs,
        status: null,
        code: null,
        requestId: null,
        timeoutKind: null,
        retryAfterMs: null,
        afterContent: false,
      })
