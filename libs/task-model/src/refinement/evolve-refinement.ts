import type { EventOf } from '../event-of.ts'
import { withStep } from '../execution/with-step.ts'
import type { BornTask } from '../task.ts'

type RefinementEvent = EventOf<'OutputProposed' | 'OutputJudged'>

/** Of the newest judgements: what those who come next are told. */
const notesKeptMax = 24

/** How the output of a step comes about in versions. */
export const evolveRefinement = (task: BornTask, event: RefinementEvent): BornTask => {
  switch (event.type) {
    case 'OutputProposed': {
      const { stepId, version, agentId, output } = event.data
      return withStep(task, stepId, ({ refinement }) => ({
        refinement: {
          round: refinement?.round ?? 0,
          speakerId: refinement?.speakerId ?? null,
          notes: refinement?.notes ?? [],
          agreed: { ...refinement?.agreed, [agentId]: output.sha256 },
          version,
          output,
          isUnchanged: false,
        },
      }))
    }
    case 'OutputJudged': {
      const { stepId, round, agentId, version, hash, verdict, notes: text } = event.data
      return withStep(task, stepId, ({ refinement }) => {
        if (!refinement) return {}
        const { [agentId]: _before, ...others } = refinement.agreed
        return {
          refinement: {
            ...refinement,
            agreed: verdict === 'good' ? { ...others, [agentId]: hash } : others,
            notes: [...refinement.notes, { agentId, round, version, verdict, text }].slice(
              -notesKeptMax,
            ),
            isUnchanged: verdict === 'revise',
          },
        }
      })
    }
    default:
      event satisfies never
      return task
  }
}
