import type { ToolQuestion } from '@maestro/contracts/task/tool-question'
import { useQuery } from '@tanstack/react-query'
import { MessageSquare } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { payloadTextQuery } from '../../api/payload-text.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { PayloadText } from '../task/PayloadText.tsx'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { ReasonField } from './ReasonField.tsx'
import { useDecision } from './use-decision.ts'

type Props = { toolUse: ToolQuestion; seen: Seen; unavailable: string | null }

/** What an agent wants to know; the words that are sent are what its tool answers. */
export const QuestionForm = ({ toolUse, seen, unavailable }: Props) => {
  const { http } = useApp()
  const decision = useDecision()
  const shown = useQuery(payloadTextQuery(http, toolUse.arguments))
  const asked = shown.data === undefined ? null : questionIn(shown.data)
  const [answer, setAnswer] = useState('')
  const [missing, setMissing] = useState(false)
  const pending = decision.isPending || decision.isSuccess
  const send = (words: string) => {
    setMissing(words.trim() === '')
    if (words.trim() === '') return
    decision.mutate({ ...seen, decision: 'answer', reason: words.trim() })
  }
  return (
    <div className="flex max-w-[720px] flex-col gap-3">
      {asked === null ? (
        <PayloadText payload={toolUse.arguments} label="question" />
      ) : (
        <p className="text-14 whitespace-pre-wrap text-text">{asked.question}</p>
      )}
      {asked !== null && asked.choices.length > 0 && (
        <div role="group" aria-label="Answers to choose from" className="flex flex-wrap gap-2">
          {asked.choices.map((choice) => (
            <Button key={choice} unavailable={unavailable} onClick={() => send(choice)}>
              {choice}
            </Button>
          ))}
        </div>
      )}
      <ReasonField
        wasAskedFor={false}
        label="Your answer"
        value={answer}
        error={missing ? 'Say something: the agent waits for it.' : null}
        onChange={setAnswer}
      />
      <div className="answers">
        <Button
          look="primary"
          icon={MessageSquare}
          pending={pending}
          unavailable={unavailable}
          onClick={() => send(answer)}
        >
          Answer
        </Button>
      </div>
      <DecisionOutcome decision={decision} />
    </div>
  )
}

const Question = z.object({ question: z.string(), choices: z.array(z.string()).default([]) })

/** Null: it is shown as it was sent. */
const questionIn = (text: string) => {
  try {
    const { question, choices } = Question.parse(JSON.parse(text))
    return { question, choices: [...new Set(choices)] }
  } catch {
    return null
  }
}
