import type { CallFigures } from '@maestro/contracts/timeline/analytics-endpoints'
import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from 'lucide-react'
import { formatCount, formatPlural } from '../ui/format-count.ts'
import type { StatusLook } from '../ui/status-look.ts'

export type AgentHealth = 'not-asked' | 'healthy' | 'strained' | 'failing'

type Counts = Pick<CallFigures, 'calls' | 'failed' | 'retries' | 'fallbacks' | 'lost'>

/** From one call in five that fails on, the work suffers. */
const failingShare = 0.2
/** From one in twenty on, somebody should look. */
const strainedShare = 0.05
/** Asked again so often, answers come late though they come. */
const againShare = 0.2
/** Of fewer calls nobody can say that they fail as a rule. */
const callsToJudge = 5

export const agentHealthLook: Record<AgentHealth, StatusLook> = {
  'not-asked': { label: 'Not asked', icon: CircleDashed, tone: 'text-neutral', token: 'neutral' },
  healthy: { label: 'Healthy', icon: CircleCheck, tone: 'text-done', token: 'done' },
  strained: { label: 'Strained', icon: TriangleAlert, tone: 'text-waiting', token: 'waiting' },
  failing: { label: 'Failing', icon: OctagonX, tone: 'text-failed', token: 'failed' },
}

/** How the calls of an agent went, in a word, and what that is judged by. */
export const agentHealth = (counts: Counts): { health: AgentHealth; reason: string } => {
  const { calls, failed, retries, fallbacks, lost } = counts
  if (calls === 0) return { health: 'not-asked', reason: 'No call in this time' }
  const again = retries + fallbacks + lost
  const said = [
    failed === 0
      ? `${formatPlural(calls, 'call')}, none failed`
      : `${formatCount(failed)} of ${formatPlural(calls, 'call')} failed`,
    ...(again === 0 ? [] : [`${formatCount(again)} asked again`]),
  ]
  const isFailing = failed / calls >= failingShare
  const isStrained = failed / calls >= strainedShare || again / calls >= againShare
  if (isFailing && calls >= callsToJudge) return { health: 'failing', reason: said.join(', ') }
  if (isFailing) said.push('too few to say more')
  return { health: isFailing || isStrained ? 'strained' : 'healthy', reason: said.join(', ') }
}
