import { z } from 'zod'

const score = z.number().min(0).max(1)

/** What a score is made of, each 0 to 1; an observer names those that it can judge. */
export const Criteria = z.object({
  /** Everything that the goal asks for is delivered. */
  coverage: score.optional(),
  /** It can be done with these agents, tools and inputs. */
  feasibility: score.optional(),
  /** It costs no more than it has to. */
  cost: score.optional(),
  /** Whoever reads a prompt or an instruction knows what to do. */
  clarity: score.optional(),
  /** Nothing is done that nobody asked for. */
  safety: score.optional(),
})
export type Criteria = z.infer<typeof Criteria>
