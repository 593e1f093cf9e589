import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import type { CallRecord } from '@maestro/task-model/task'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDuration, formatExact } from '../../../ui/format-time.ts'
import { FailureText } from '../../../ui/FailureText.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { failureWords } from '../../failure-words.ts'
import { providerNames } from '../../provider-names.ts'
import { Disclosure } from '../Disclosure.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { useCallText, useView } from '../task-context.ts'
import { callLook } from './call-status.ts'
import { PassedOver } from './PassedOver.tsx'

/** One model call: who answered, after whom, how long, how much. */
export const CallEntry = ({ call, title }: { call: CallRecord; title?: string }) => {
  const isLive = useView((view) => view.mode === 'live')
  const streamed = useCallText(isLive && call.status === 'running' ? call.callId : null)
  const { facts } = call
  return (
    <article className="rounded-6 border border-line">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        <span className="text-13">
          <StatusMark look={callLook[call.status]} still={!isLive} />
        </span>
        <span className="text-13 font-medium">
          {title ?? `Attempt ${call.attempt}, turn ${call.turn}`}
        </span>
        <span className="ml-auto truncate font-mono text-12 text-text-2">
          {facts?.provider ? `${facts.provider}/${facts.model ?? ''}` : ''}
        </span>
      </header>
      {facts !== null && <Figures facts={facts} />}
      {facts?.cached && (
        <p className="border-t border-line px-3 py-2 text-13 text-text-2">
          Taken from the answer to the same request of {formatExact(Date.parse(facts.cached.at))};
          saved {formatMoney(facts.cached.savedNanoUsd)}.
        </p>
      )}
      {facts !== null && <PassedOver facts={facts} />}
      {facts !== null && <Attempts facts={facts} />}
      {call.failure !== null && (
        <FailureText
          text={`${call.failure.message} ${failureWords[call.failure.class]}`}
          className="border-t border-line px-3 py-1 text-13 text-failed"
        >
          {call.failure.message}
          <span className="ml-2 text-12">{failureWords[call.failure.class]}</span>
        </FailureText>
      )}
      {call.incomplete && (
        <p className="border-t border-line px-3 py-2 text-13 text-waiting">
          Only a part came: {call.incomplete.message}
          {call.incomplete.failureClass !== null && (
            <span className="ml-2 text-12">{failureWords[call.incomplete.failureClass]}</span>
          )}
        </p>
      )}
      {call.problem !== null && (
        <p className="border-t border-line px-3 py-2 text-13 text-waiting">
          The answer was not taken: {call.problem}
        </p>
      )}
      {streamed !== '' && (
        <pre className="max-h-60 overflow-auto border-t border-line p-3 font-mono text-12 whitespace-pre-wrap">
          {streamed}
        </pre>
      )}
      {(call.text ?? call.answer) !== null && (
        <div className="border-t border-line px-3 py-1">
          <Disclosure title={answerTitle(call)}>
            {() => {
              const body = call.text ?? call.answer
              return body && <PayloadText payload={body} label="the answer" />
            }}
          </Disclosure>
        </div>
      )}
    </article>
  )
}

const answerTitle = ({ text, incomplete }: CallRecord) => {
  const what = incomplete ? 'What came' : 'Answer'
  return text === null ? `${what}, as JSON` : what
}

const Figures = ({ facts }: { facts: CallFacts }) => {
  const figures = [
    ['Latency', formatDuration(facts.latencyMs)],
    ['First token', facts.firstTokenMs === null ? '–' : formatDuration(facts.firstTokenMs)],
    ['In', `${formatCount(facts.usage.inputTokens)} tok`],
    ['Out', `${formatCount(facts.usage.outputTokens)} tok`],
    ['Cost', formatMoney(facts.costNanoUsd)],
  ] as const
  return (
    <dl className="tnum grid grid-cols-5 gap-2 border-t border-line px-3 py-2 max-md:grid-cols-3">
      {figures.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="truncate text-12 text-text-3">{name}</dt>
          <dd className="truncate text-13 font-medium" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const outcomes = { answered: 'answered', failed: 'failed', lost: 'lost', skipped: 'passed over' }

/** Every hop with its reason; nothing to say when the first one answered. */
const Attempts = ({ facts }: { facts: CallFacts }) => {
  if (facts.attempts.length < 2 && facts.attempts[0]?.outcome !== 'failed') return null
  return (
    <ol className="border-t border-line px-3 py-2">
      {facts.attempts.map((attempt) => (
        <li
          key={attempt.attempt}
          className="tnum flex flex-wrap gap-x-2 py-0.5 text-13 text-text-2"
        >
          <span className="w-4 text-right text-text-3">{attempt.attempt}</span>
          <span className="font-medium text-text">{providerNames[attempt.provider]}</span>
          <span>{outcomes[attempt.outcome]}</span>
          <span className="text-text-3">{formatDuration(attempt.latencyMs)}</span>
          {attempt.reason !== '' && <span className="w-full pl-6">{attempt.reason}</span>}
        </li>
      ))}
    </ol>
  )
}
