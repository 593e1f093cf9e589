import { writeBrief } from '@maestro/contracts/llm/brief'
import { draftTokensMax } from '@maestro/contracts/llm/call-bounds'
import type { TextPart, WorkMessage } from '@maestro/contracts/llm/call-work'
import type { ToolSpec } from '@maestro/contracts/llm/chat'
import { PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { z } from 'zod'
import { briefInputs } from './brief-inputs.ts'
import type { CallRequest } from './call-request.ts'
import { block } from './text-parts.ts'

const frame = `You are the Planner of Maestro. You design a team of agents and a plan of steps that reaches the goal.
An agent is a prompt (how it works), a description (what it is for), tools (only from the list in the brief) and suggestions.
A plan is a graph: each step names its agent, its instruction, the steps whose outputs it needs, the input files it reads, and what it promises to deliver. Steps that do not need each other run at the same time.
Rules:
- Names are lower case letters, digits and "-". Every "needs" names another step; no circles. Every input file that matters to the goal is read by some step, by its exact name.
- Give a step only what it needs. One agent suffices for a small goal. Prefer few steps that each deliver something that can be checked.
- A step that computes exact figures should use run_javascript, and may promise {"from":"tool"} so that the figures are taken as computed.
- A step may have "when", a condition in CEL over what it needs: outputs["name"] is what a needed step delivered, parsed where that step promises json, else text; steps["name"] is "done", "skipped" or "failed". The step is skipped when it does not hold; what needs only skipped steps is skipped too.
- "forEach": {"list": CEL over what it needs that gives a list, "parallelMax": 4} runs the step once for each item, which it is shown; its output is the JSON list of their outputs in order. Use it where the number of like things is only known when the task runs.
- "repeat": {"while": CEL over "output" (what the round delivered), "round" and what it needs, "timesMax": 3} runs the step again with its last output shown, while the condition holds.
- "onFailure" says what the failure of a step means: "stop" the task, "skip" what needs it, or "go-on" without its output.
- "result" names the step whose output answers the goal, in Markdown, with facts from the inputs.
- When the brief lists findings, answer each in "replies": addressed or declined, and why.
Answer with one JSON object of the schema and nothing else.`

const schema = z.toJSONSchema(PlannerAnswer, { io: 'input' })

/** Asks for team and plan; from the second round on with the version before and what was found in it. */
export const plannerRequest = (task: BornTask, tools: readonly ToolSpec[]): CallRequest => {
  const { round, guidance } = task.drafting
  const before = task.versions.at(-1)
  const content: TextPart[] = [
    {
      text: writeBrief({
        purpose: 'plan',
        round,
        inputs: briefInputs(task.inputs),
        tools: tools.map(({ name, description }) => ({ name, description })),
        findings: before ? findingsOf(before) : [],
      }),
    },
    ...block('goal', task.goal),
    ...(before ? block('plan', before.document) : []),
    ...(guidance ? block('guidance', guidance) : []),
  ]
  const messages: WorkMessage[] = [
    { role: 'system', content: [{ text: frame }] },
    { role: 'user', content },
  ]
  return {
    messages,
    tools: [],
    outputSchema: { name: 'planner_answer', schema },
    outputTokensMax: draftTokensMax,
  }
}

const findingsOf = ({ verdicts }: PlanVersion) =>
  Object.entries(verdicts).flatMap(([observer, verdict]) =>
    (verdict?.findings ?? []).map(({ findingId, severity, target, text }) => ({
      id: findingId,
      observer,
      severity,
      target,
      text,
    })),
  )
