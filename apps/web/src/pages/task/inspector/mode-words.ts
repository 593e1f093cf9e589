import { roleOf } from '@maestro/contracts/ids'
import type { RefinementEnd } from '@maestro/contracts/task/step-mode'
import type { Step } from '@maestro/task-model/task'

export const refinementEnds: Record<RefinementEnd, string> = {
  agreed: 'it was found good',
  unchanged: 'nothing was changed any more',
  rounds: 'no round was left',
  stopped: 'it could not go on',
}

/** How the output comes about, and where that stands; nothing for what an agent delivers at once. */
export const modeWords = ({
  mode,
  refinement,
  refined,
}: Pick<Step, 'mode' | 'refinement' | 'refined'>): readonly { label: string; text: string }[] => {
  if (mode === undefined || mode.kind === 'single') return []
  const who =
    mode.kind === 'self-refinement'
      ? 'its agent refines its own output'
      : `refined together with ${mode.agentIds.map(roleOf).join(', ')}`
  const at = refined ?? refinement
  const rounds = { label: 'Rounds', text: `${at?.round ?? 0} of ${mode.roundsMax}` }
  return [
    { label: 'Mode', text: who },
    rounds,
    ...(at ? [{ label: 'Version', text: `${at.version}` }] : []),
    ...(refined
      ? [
          {
            label: 'Ended',
            text: `${refinementEnds[refined.ended]}${refined.reason === undefined ? '' : `: ${refined.reason}`}`,
          },
        ]
      : []),
  ]
}
