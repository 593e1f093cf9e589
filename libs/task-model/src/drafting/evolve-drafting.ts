import { draftCallIdOf } from '@maestro/contracts/ids'
import type { DraftRole } from '@maestro/contracts/task/draft-role'
import { idleJobs } from '../born-from.ts'
import { callAsAsked } from '../calls/call-as-asked.ts'
import type { EventOf } from '../event-of.ts'
import { evolveGuidance } from './evolve-guidance.ts'
import { purposeOfRole } from './purpose-of-role.ts'
import { unstarted } from '../execution/unstarted.ts'
import type { BornTask, DraftJob, PlanVersion } from '../task.ts'

type DraftingEvent = EventOf<
  | 'DraftingStarted'
  | 'DraftTurnStarted'
  | 'PlanProposed'
  | 'FindingAnswered'
  | 'PlanJudged'
  | 'PlanConverged'
  | 'DraftGuidanceGiven'
  | 'PlanPartLocked'
>

/** How team and plan come about: rounds of proposal and judgement. */
export const evolveDrafting = (task: BornTask, event: DraftingEvent): BornTask => {
  switch (event.type) {
    case 'DraftingStarted': {
      const { round, guidance } = event.data
      const sentBack = task.stage === 'approval'
      const isWanted = sentBack || task.drafting.wantsRound === true
      const { wantsRound: _, ...kept } = task.drafting
      const drafting = {
        ...kept,
        round,
        sinceRound: isWanted ? round : task.drafting.sinceRound,
        guidance,
        jobs: idleJobs,
        converged: null,
      }
      const started: BornTask = { ...task, status: 'drafting', stage: 'drafting', drafting }
      return calling(started, 'planner', { turn: 1, repair: null }, event.at)
    }
    case 'DraftTurnStarted':
      return calling(task, event.data.role, event.data, event.at)
    case 'PlanProposed':
      return proposed(task, event)
    case 'FindingAnswered': {
      const { version, findingId, addressed, note, isUnanswered } = event.data
      const unanswered = isUnanswered === undefined ? {} : { isUnanswered }
      return withVersion(task, version, ({ replies }) => ({
        replies: [...replies, { findingId, addressed, note, ...unanswered }],
      }))
    }
    case 'PlanJudged': {
      const { version, observer, callId, verdict, score, criteria, findings, summary } = event.data
      const by = criteria === undefined ? {} : { criteria }
      const judged = withVersion(task, version, ({ verdicts }) => ({
        verdicts: {
          ...verdicts,
          [observer]: { verdict, score, findings, summary, callId, at: event.at, ...by },
        },
      }))
      return withJob(judged, observer, { phase: 'done', problem: null })
    }
    case 'PlanConverged':
      return converged(task, event)
    case 'DraftGuidanceGiven':
    case 'PlanPartLocked':
      return evolveGuidance(task, event)
    default:
      event satisfies never
      return task
  }
}

/** A role's call is out. */
const calling = (
  task: BornTask,
  role: DraftRole,
  { turn, repair }: { turn: number; repair: string | null },
  at: string,
): BornTask => {
  const { round } = task.drafting
  const call = {
    callId: draftCallIdOf(task.taskId, round, role, turn),
    purpose: purposeOfRole[role],
    role,
    round,
    attempt: 1,
    turn,
    ...callAsAsked(at),
  }
  const asked = withJob(task, role, { turn, phase: 'calling', repair, problem: null })
  return { ...asked, drafting: { ...asked.drafting, calls: [...asked.drafting.calls, call] } }
}

const proposed = (task: BornTask, event: EventOf<'PlanProposed'>): BornTask => {
  const { data } = event
  const earlier = task.versions.find(({ version }) => version === data.version)
  const oneAgent = earlier?.oneAgent ?? data.oneAgent
  const version: PlanVersion = {
    version: data.version,
    hash: data.hash,
    author: data.author,
    round: task.drafting.round,
    document: data.document,
    rationale: earlier?.rationale ?? data.rationale,
    agents: [...(earlier?.agents ?? []), ...data.agents],
    steps: [...(earlier?.steps ?? []), ...data.steps],
    resultStepId: data.resultStepId,
    complete: data.part === data.parts,
    proposedAt: event.at,
    verdicts: { 'agent-observer': null, 'plan-observer': null },
    replies: [],
    ...(oneAgent !== undefined && { oneAgent }),
  }
  const others = task.versions.filter((other) => other.version !== data.version)
  const listed: BornTask = { ...task, versions: [...others, version] }
  if (!version.complete || data.author !== 'planner') return listed
  return withJob(listed, 'planner', { phase: 'done', problem: null })
}

const converged = (task: BornTask, event: EventOf<'PlanConverged'>): BornTask => {
  const plan = task.versions.find(({ version }) => version === event.data.version)
  if (!plan) return task
  return {
    ...task,
    drafting: { ...task.drafting, converged: event.data },
    planVersion: plan.version,
    resultStepId: plan.resultStepId,
    agents: Object.fromEntries(plan.agents.map((agent) => [agent.agentId, agent])),
    steps: Object.fromEntries(plan.steps.map((step) => [step.stepId, unstarted(step)])),
    order: plan.steps.map(({ stepId }) => stepId),
  }
}

const withVersion = (
  task: BornTask,
  version: number,
  change: (version: PlanVersion) => Partial<PlanVersion>,
): BornTask => ({
  ...task,
  versions: task.versions.map((candidate) =>
    candidate.version === version ? { ...candidate, ...change(candidate) } : candidate,
  ),
})

/** The task with one role's job changed. */
export const withJob = (task: BornTask, role: DraftRole, change: Partial<DraftJob>): BornTask => ({
  ...task,
  drafting: {
    ...task.drafting,
    jobs: { ...task.drafting.jobs, [role]: { ...task.drafting.jobs[role], ...change } },
  },
})
