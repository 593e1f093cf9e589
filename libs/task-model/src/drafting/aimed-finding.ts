import type { Finding } from '@maestro/contracts/task/plan-draft'
import { type PlanParts, planPart } from '../plan/plan-part.ts'

const textCharactersMax = 1_000

/** A finding about a part that the version does not have is one about the plan, and says what it named. */
export const aimedFinding = (finding: Finding, plan: PlanParts): Finding => {
  const { target, text } = finding
  if (target === 'plan' || planPart(plan, target) !== null) return finding
  const said = `(${target === '' ? 'nothing' : target}) ${text}`
  return { ...finding, target: 'plan', text: said.slice(0, textCharactersMax) }
}
