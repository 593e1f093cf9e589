import { ProviderName } from '@maestro/contracts/llm/chat'
import type { FailureQuestion } from '@maestro/contracts/task/failure-question'
import { Check, FastForward, OctagonX, RotateCw, Shuffle, SkipForward } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { inputLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'
import { providerNames } from '../provider-names.ts'
import { DecisionFailure } from './DecisionFailure.tsx'
import type { Seen } from './decide-as-seen.ts'
import { FailureTold } from './FailureTold.tsx'
import { type DecisionAsked, useDecision } from './use-decision.ts'

type Props = { question: FailureQuestion; seen: Seen; unavailable: string | null }

/** How it goes on after a call that nobody answered: once more, at another model, without the step, or not at all. */
export const FailureForm = ({ question, seen, unavailable }: Props) => {
  const decision = useDecision()
  const [isChoosing, setIsChoosing] = useState(false)
  const [provider, setProvider] = useState<ProviderName>(otherThan(question))
  const [model, setModel] = useState('')
  const pending = decision.isPending || decision.isSuccess

  const answer = (said: Pick<DecisionAsked, 'decision' | 'strategy'>) =>
    decision.mutate({ ...seen, reason: '', ...said })
  const askOther = () => {
    const named = model.trim()
    const models = named === '' ? {} : { models: { [provider]: named } }
    answer({ decision: 'other-model', strategy: { providers: [provider], ...models } })
  }

  return (
    <div className="flex flex-col gap-3">
      <FailureTold question={question} />
      {isChoosing && (
        <div className="grid max-w-[520px] gap-3 md:grid-cols-2">
          <Field label="Who answers from now on?">
            {({ id, describedBy }) => (
              <select
                id={id}
                aria-describedby={describedBy}
                value={provider}
                onChange={(event) => setProvider(ProviderName.parse(event.target.value))}
                className={inputLook}
              >
                {ProviderName.options.map((name) => (
                  <option key={name} value={name}>
                    {providerNames[name]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Model" hint="Empty: the provider's default">
            {({ id, describedBy }) => (
              <input
                id={id}
                aria-describedby={describedBy}
                value={model}
                maxLength={120}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setModel(event.target.value)}
                className={inputLook}
              />
            )}
          </Field>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {isChoosing ? (
          <>
            <Button look="primary" pending={pending} unavailable={unavailable} onClick={askOther}>
              Ask {providerNames[provider]}
            </Button>
            <Button look="quiet" onClick={() => setIsChoosing(false)}>
              Back
            </Button>
          </>
        ) : (
          <>
            {question.choices.includes('accept') && (
              <Button
                icon={Check}
                unavailable={unavailable}
                hint="What was delivered is the step’s output"
                onClick={() => answer({ decision: 'accept' })}
              >
                Take it as it is
              </Button>
            )}
            {question.choices.includes('retry') && (
              <Button
                look="primary"
                icon={RotateCw}
                pending={pending}
                unavailable={unavailable}
                onClick={() => answer({ decision: 'retry' })}
              >
                Try again
              </Button>
            )}
            {question.choices.includes('other-model') && (
              <Button icon={Shuffle} unavailable={unavailable} onClick={() => setIsChoosing(true)}>
                Ask another model
              </Button>
            )}
            {question.choices.includes('skip') && (
              <Button
                icon={SkipForward}
                unavailable={unavailable}
                onClick={() => answer({ decision: 'skip' })}
              >
                Leave the step out
              </Button>
            )}
            {question.choices.includes('go-on') && (
              <Button
                icon={FastForward}
                unavailable={unavailable}
                hint="What needs it runs without its output"
                onClick={() => answer({ decision: 'go-on' })}
              >
                Go on without it
              </Button>
            )}
            <Button
              look="danger"
              icon={OctagonX}
              unavailable={unavailable}
              onClick={() => answer({ decision: 'fail' })}
            >
              Give it up
            </Button>
          </>
        )}
      </div>
      {decision.isError && <DecisionFailure error={decision.error} />}
    </div>
  )
}

/** The first provider that has not been tried. */
const otherThan = ({ tried }: FailureQuestion): ProviderName =>
  ProviderName.options.find((name) => tried.every(({ provider }) => provider !== name)) ?? 'groq'
