import { z } from 'zod'

// How a step becomes several while its task runs: for each item of a list, again and again, or by a plan of its own.

/** As long a list as a step goes through unless it says otherwise: a model that lost its way writes longer ones. */
export const itemsMaxUnlessSaid = 100
/** Steps of a task, those included that others became: its state is loaded and folded as a whole. */
export const stepsOfTaskMax = 5_000

/** Once for each item of a list, which CEL finds in what the step's needs delivered. The output is a JSON list of the items' outputs, in order. */
export const ForEach = z.object({
  list: z.string().min(1).max(1_000),
  /** Items at once; the task's own limit holds beside it. */
  parallelMax: z.int().min(1).max(64).default(4),
  /** A longer list fails the step. */
  itemsMax: z.int().min(1).max(1_000).default(itemsMaxUnlessSaid),
})
export type ForEach = z.infer<typeof ForEach>

/** Again while a condition in CEL holds after a round: over `output`, which that round delivered, `round`, and what the step's needs delivered. The last round's output is the step's. */
export const Repeat = z.object({
  while: z.string().min(1).max(1_000),
  timesMax: z.int().min(1).max(100),
})
export type Repeat = z.infer<typeof Repeat>

/** A plan in a plan in a plan, the task's own counted: deeper ones nobody reads any more. */
export const planDepthMax = 3
/** Steps that one step of a plan holds, however deep: they travel in one event with it. */
export const heldStepsMax = 24
