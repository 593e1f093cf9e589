import type { PlanVersion } from '@maestro/task-model/task'
import { formatPlural } from '../../ui/format-count.ts'

const observers = [
  { name: 'agent-observer', label: 'AgentObserver' },
  { name: 'plan-observer', label: 'PlanObserver' },
] as const

/** What speaks for a version and against it: what both observers say, and how much they found. */
export const planEvidence = ({ verdicts }: PlanVersion): readonly string[] => {
  const said = observers.flatMap(({ name, label }) => {
    const verdict = verdicts[name]
    if (verdict === null) return []
    const words = verdict.verdict === 'approve' ? 'approves' : 'asks for changes'
    return [`${label} ${words}, ${verdict.score.toFixed(2)}`]
  })
  if (said.length === 0) return ['No observer was asked']
  const findings = observers.flatMap(({ name }) => verdicts[name]?.findings ?? [])
  const grave = findings.filter(({ severity }) => severity !== 'minor').length
  if (findings.length === 0) return [...said, 'Nothing found against it']
  const gravely = grave === 0 ? 'all minor' : `${grave} major or worse`
  return [...said, `${formatPlural(findings.length, 'finding')}, ${gravely}`]
}
