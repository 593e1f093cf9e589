import { ProviderName } from '@maestro/contracts/llm/chat'
import type { FailureQuestion } from '@maestro/contracts/task/failure-question'
import { Check, FastForward, OctagonX, RotateCw, Shuffle, SkipForward } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { providerNames } from '../provider-names.ts'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { FailureTold } from './FailureTold.tsx'
import { ModelChoice, type ModelChosen, strategyOf } from './ModelChoice.tsx'
import { type DecisionAsked, useDecision } from './use-decision.ts'

type Props = { question: FailureQuestion; seen: Seen; unavailable: string | null }

/** How it goes on after a call that nobody answered: once more, at another model, without the step, or not at all. */
export const FailureForm = ({ question, seen, unavailable }: Props) => {
  const decision = useDecision()
  const [isChoosing, setIsChoosing] = useState(false)
  const [chosen, setChosen] = useState<ModelChosen>({ provider: otherThan(question), model: '' })
  const pending = decision.isPending || decision.isSuccess

  const answer = (said: Pick<DecisionAsked, 'decision' | 'strategy'>) =>
    decision.mutate({ ...seen, reason: '', ...said })
  const askOther = () => answer({ decision: 'other-model', strategy: strategyOf(chosen) })

  return (
    <div className="flex flex-col gap-3">
      <FailureTold question={question} />
      {isChoosing && (
        <ModelChoice value={chosen} onChange={(part) => setChosen({ ...chosen, ...part })} />
      )}
      <div className="answers flex flex-wrap items-center gap-2">
        {isChoosing ? (
          <>
            <Button look="primary" pending={pending} unavailable={unavailable} onClick={askOther}>
              Ask {providerNames[chosen.provider]}
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
      <DecisionOutcome decision={decision} />
    </div>
  )
}

/** The first provider that has not been tried. */
const otherThan = ({ tried }: FailureQuestion): ProviderName =>
  ProviderName.options.find((name) => tried.every(({ provider }) => provider !== name)) ?? 'groq'
