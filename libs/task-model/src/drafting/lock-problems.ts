import { diffOf } from '../plan/plan-diff.ts'
import { type PlanParts, planPart } from '../plan/plan-part.ts'
import type { BornTask } from '../task.ts'

/** What a proposed plan does to parts that a person keeps as they are. */
export const lockProblems = (plan: PlanParts, { drafting, versions }: BornTask): string[] =>
  Object.entries(drafting.locks ?? {}).flatMap(([part, { version }]) => {
    const before = versions.find((candidate) => candidate.version === version)
    const kept = before ? planPart(before, part) : null
    const now = planPart(plan, part)
    if (kept === null) return []
    if (now === null) return [`${part} is locked by a person, and it is gone`]
    const fields = diffOf(kept, now)
    return fields.length === 0
      ? []
      : [`${part} is locked by a person, and its ${fields.join(', ')} changed`]
  })
