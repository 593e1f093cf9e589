import { agentVersionOf } from '@maestro/task-model/steering/agent-of'
import type { BornTask, Step } from '@maestro/task-model/task'

export type BadgeKind = 'warning' | 'breakpoint' | 'edited' | 'fallback' | 'unsafe' | 'bookmark'
export type StepBadge = { readonly kind: BadgeKind; readonly words: string }

/** As many signs as a card has room for beside its title. */
export const badgesShown = 3

type Around = {
  readonly team: Pick<BornTask, 'agents' | 'earlierAgents'>
  /** Tools whose use cannot be taken back. */
  readonly unsafeTools: ReadonlySet<string>
  /** Names of places in the history at which this step did something. */
  readonly bookmarks: readonly string[]
}

/** What is to be known of a step at a glance, what matters most first. */
export const stepBadges = (
  step: Step,
  { team, unsafeTools, bookmarks }: Around,
): readonly StepBadge[] => {
  const notes = step.observation?.notes ?? []
  const warning = notes.findLast(({ severity }) => severity === 'major') ?? notes.at(-1)
  const version = agentVersionOf(team, step.agentId)
  const unsafe = (team.agents[step.agentId]?.tools ?? []).filter((tool) => unsafeTools.has(tool))
  const badges: readonly (StepBadge | null)[] = [
    warning ? { kind: 'warning', words: `The observer warns: ${warning.text}` } : null,
    step.breakpoint === undefined
      ? null
      : { kind: 'breakpoint', words: 'The task pauses before it starts' },
    step.editedIn === undefined && version === 1
      ? null
      : { kind: 'edited', words: editedWords(step, version) },
    hasFallback(step)
      ? { kind: 'fallback', words: 'A provider failed; another one was asked' }
      : null,
    unsafe.length === 0
      ? null
      : { kind: 'unsafe', words: `May use what cannot be taken back: ${unsafe.join(', ')}` },
    bookmarks.length === 0
      ? null
      : { kind: 'bookmark', words: `Bookmark: ${bookmarks.join(', ')}` },
  ]
  return badges.filter((badge) => badge !== null)
}

const editedWords = ({ editedIn }: Step, agentVersion: number): string =>
  [
    editedIn !== undefined && `A person changed it in version ${editedIn}`,
    agentVersion > 1 && `Its agent was changed, version ${agentVersion}`,
  ]
    .filter((words) => words !== false)
    .join('; ')

const hasFallback = ({ calls }: Step): boolean =>
  calls.some(({ facts }) =>
    facts?.attempts.some(({ outcome }) => outcome === 'failed' || outcome === 'skipped'),
  )
