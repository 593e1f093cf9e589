import type { TaskTick } from '../live/task-ticks.ts'

/** What a tick on the scrubber can mean, the most important first, and how far its glyph reaches to each side. */
export const glyphs = [
  { name: 'needs-you', label: 'needs you', token: 'waiting', halfPx: 6 },
  { name: 'failure', label: 'failure', token: 'failed', halfPx: 5 },
  { name: 'plan', label: 'plan version', token: 'accent', halfPx: 5.5 },
  { name: 'human', label: 'a person acted', token: 'replay', halfPx: 4 },
  { name: 'budget', label: 'budget', token: 'waiting', halfPx: 4 },
  { name: 'retry', label: 'retry', token: 'paused', halfPx: 5 },
  { name: 'edge', label: 'step', token: 'text-3', halfPx: 1 },
] as const

export type GlyphName = (typeof glyphs)[number]['name']

const glyphOfKind: Readonly<Record<string, GlyphName>> = {
  ApprovalRequested: 'needs-you',
  StepFailed: 'failure',
  TaskFailed: 'failure',
  CallFailed: 'failure',
  ApprovalExpired: 'failure',
  ApprovalWithdrawn: 'needs-you',
  PlanProposed: 'plan',
  PlanConverged: 'plan',
  PlanEdited: 'plan',
  TaskCreated: 'human',
  DraftGuidanceGiven: 'human',
  PlanPartLocked: 'human',
  ApprovalDecided: 'human',
  TaskPaused: 'human',
  TaskResumed: 'human',
  TaskStepped: 'human',
  TaskCancelled: 'human',
  BreakpointSet: 'human',
  BreakpointCleared: 'human',
  BookmarkSet: 'human',
  BookmarkRemoved: 'human',
  TaskImported: 'human',
  GuidanceGiven: 'human',
  AgentModified: 'human',
  StepReset: 'retry',
  StepReopened: 'retry',
  StepRetried: 'retry',
  AnswerRefused: 'retry',
  ObserverNoted: 'retry',
  ResultJudged: 'edge',
  OutputProposed: 'edge',
  CallLost: 'retry',
  JudgeStopped: 'budget',
  DraftingStarted: 'edge',
  TaskStarted: 'edge',
  StepStarted: 'edge',
  StepFinished: 'edge',
  StepSkipped: 'edge',
  TaskSucceeded: 'edge',
}

/** Null: this event only adds to the density. */
export const glyphOf = ({
  kind,
  isBudget,
}: Pick<TaskTick, 'kind' | 'isBudget'>): GlyphName | null =>
  isBudget ? 'budget' : (glyphOfKind[kind] ?? null)

export type Phase = 'Draft' | 'Approve' | 'Execute'

export type PhaseStart = { readonly from: number; readonly phase: Phase }

/** Where the task's life changes its part. */
export const phasesOf = (ticks: readonly TaskTick[]): readonly PhaseStart[] => {
  const phases: PhaseStart[] = []
  const enter = (from: number, phase: Phase) => {
    if (phases.at(-1)?.phase !== phase) phases.push({ from, phase })
  }
  ticks.forEach(({ kind, stepId }, index) => {
    const seq = index + 1
    if (seq === 1 || kind === 'DraftingStarted') enter(seq, 'Draft')
    // Once the plan runs, what is asked of no step is asked about money.
    const isOfPlan = stepId === null && phases.at(-1)?.phase === 'Draft'
    if (kind === 'ApprovalRequested' && isOfPlan) enter(seq, 'Approve')
    if (kind === 'TaskStarted') enter(seq, 'Execute')
  })
  return phases
}

/** In which part of its life the task was at an event; null before all. */
export const phaseAt = (phases: readonly PhaseStart[], seq: number): Phase | null =>
  phases.findLast(({ from }) => from <= seq)?.phase ?? null
