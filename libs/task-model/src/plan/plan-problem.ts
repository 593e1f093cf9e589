/** The rules that a plan has to keep, whoever wrote it. */
export type PlanRule =
  | 'name-twice'
  | 'no-such-agent'
  | 'no-such-tool'
  | 'no-such-input'
  | 'no-such-step'
  | 'need-twice'
  | 'too-many-steps'
  | 'input-schema'
  | 'mode'
  | 'promise'
  | 'expression'
  | 'sub-plan'
  | 'cycle'
  | 'result'

/** What is wrong with a plan. */
export type PlanProblem = {
  rule: PlanRule
  /** Of the task's plan, by name: the step, or the one that holds it. Null: it is of no step alone. */
  step: string | null
  /** A sentence that says where and what. */
  words: string
  /** Of a circle: all steps of it. */
  circle?: readonly string[]
}

/** A problem of no step alone. */
export const ofPlan = (rule: PlanRule, words: string): PlanProblem => ({ rule, step: null, words })
