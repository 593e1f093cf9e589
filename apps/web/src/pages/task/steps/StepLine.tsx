import { isBusy } from '../../../graph/is-busy.ts'
import type { Step } from '@maestro/task-model/task'
import { ChevronRight, EllipsisVertical, Route } from 'lucide-react'
import { factSentences } from '../../../graph/fact-sentences.ts'
import { StepBadges } from '../../../graph/StepBadges.tsx'
import { stepPreview, tailOf } from '../../../graph/step-preview.ts'
import { classes } from '../../../ui/classes.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatStepTime } from '../../../ui/format-time.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { useNow } from '../../../ui/use-now.ts'
import { shownMs, useCallText, useView } from '../task-context.ts'
import { useStepBadges } from '../use-step-badges.ts'
import { factsOfRow } from './facts-of-row.ts'
import { RowFacts } from './RowFacts.tsx'
import type { StepRow } from './step-rows.ts'

export const stepRowPx = 52
export const stepColumns =
  'grid grid-cols-[28px_minmax(0,1fr)_auto_44px] gap-x-2 md:grid-cols-[32px_104px_minmax(0,2fr)_minmax(0,1fr)_64px_64px_72px_28px] md:gap-x-3'
const indentPx = 18

type Props = {
  row: StepRow
  top: number
  rowIndex: number
  isSelected: boolean
  /** The end of the task waits for it. */
  isCritical: boolean
  /** Where the Tab key stops among the rows. */
  isStop: boolean
  onSelect: () => void
  onFocus: () => void
  onFold: (isOpen: boolean) => void
  onMenu: (at: { x: number; y: number }) => void
}

export const StepLine = ({ row, top, rowIndex, isSelected, isCritical, isStop, ...on }: Props) => {
  const { planned, step, number, agentName, model, level, canOpen, isOpen, needs } = row
  const task = useView((view) => view.task)
  const isLive = useView((view) => view.mode === 'live')
  const isRunning = isBusy(step?.status)
  const now = useNow(1_000, isLive && isRunning)
  const look = stepStatusLook[step?.status ?? 'not-ready']
  const badges = useStepBadges(step)
  const call = step?.calls.findLast(({ purpose }) => purpose === 'step')
  const streamed = useCallText(isLive && call?.status === 'running' ? call.callId : null)
  const facts = task.status === 'unborn' ? null : factsOfRow(row, task.steps, isCritical)
  const told = facts === null ? '' : factSentences(facts).join(' ')
  const figures = figuresOf(step, shownMs(task, isLive, now))
  return (
    <div
      role="row"
      tabIndex={isStop ? 0 : -1}
      aria-rowindex={rowIndex}
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.places}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isSelected}
      onFocus={on.onFocus}
      onClick={on.onSelect}
      onContextMenu={(event) => {
        event.preventDefault()
        on.onMenu({ x: event.clientX, y: event.clientY })
      }}
      className={classes(
        stepColumns,
        'absolute inset-x-0 cursor-pointer items-center border-b border-line px-4 text-13 focus-visible:-outline-offset-2 focus-visible:outline-accent max-md:pr-1',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface',
      )}
      style={{ top, height: stepRowPx }}
    >
      <span role="gridcell" className="tnum text-right text-text-3">
        {number}
      </span>
      <span role="gridcell" className="max-md:order-3">
        <span className="max-md:hidden">
          <StatusMark look={look} still={!isLive} />
        </span>
        <span className="md:hidden">
          <StatusMark look={look} still={!isLive} iconOnly />
        </span>
      </span>
      <span
        role="gridcell"
        className="flex min-w-0 items-center gap-1 max-md:order-2"
        style={{ paddingLeft: (level - 1) * indentPx }}
      >
        {canOpen && (
          // Rows open by arrow keys as well.
          <span
            onClick={(event) => {
              event.stopPropagation()
              on.onFold(!isOpen)
            }}
            className="-ml-1 grid size-6 shrink-0 place-items-center rounded-4 text-text-3 hover:bg-sunken pointer-coarse:size-11"
          >
            <ChevronRight
              aria-hidden
              size={16}
              className={classes('transition-transform duration-[120ms]', isOpen && 'rotate-90')}
            />
          </span>
        )}
        <span className="min-w-0 grow">
          <span
            className={classes(
              'flex items-center gap-2 text-14 font-medium',
              row.isAround && 'text-text-3',
            )}
          >
            <span dir="auto" className="min-w-0 truncate">
              {planned.title}
            </span>
            {step !== null && step.attempt > 1 && (
              <span className="tnum shrink-0 text-12 text-running">
                ×{step.attempt} of {step.retriesMax + 1}
              </span>
            )}
            {isCritical && (
              <span title="On the critical path" className="shrink-0">
                <Route aria-hidden size={13} />
              </span>
            )}
            {badges.length > 0 && <StepBadges badges={badges} />}
          </span>
          <span className="flex items-center gap-2 text-12 text-text-2">
            <span dir="auto" className="min-w-0 truncate">
              {step === null || task.status === 'unborn'
                ? planned.promise.description
                : isRunning && streamed !== ''
                  ? tailOf(streamed)
                  : stepPreview(step, task, '')}
            </span>
            {facts !== null && (
              <span
                aria-hidden
                title={told}
                className="ml-auto flex max-w-3/5 min-w-0 shrink-0 items-center gap-2 text-text-3"
              >
                <RowFacts facts={facts} />
              </span>
            )}
          </span>
          {told !== '' && <span className="sr-only">, {told}</span>}
          {needs.length > 0 && (
            <span className="sr-only">
              , after {needs.length === 1 ? 'step' : 'steps'} {needs.join(', ')}
            </span>
          )}
        </span>
      </span>
      <span role="gridcell" className="truncate text-text-2 max-md:hidden">
        {agentName}
        {model !== null && <span className="block truncate text-12 text-text-3">{model}</span>}
      </span>
      {figures.map(([name, figure]) => (
        <span key={name} role="gridcell" className="tnum text-right text-text-2 max-md:hidden">
          {figure}
        </span>
      ))}
      <span role="gridcell" className="max-md:order-4" onClick={(event) => event.stopPropagation()}>
        <IconButton
          label={`Actions of ${planned.title}`}
          icon={EllipsisVertical}
          size="small"
          tabIndex={-1}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect()
            on.onMenu({ x: left, y: bottom })
          }}
        />
      </span>
    </div>
  )
}

const figuresOf = (step: Step | null, shownAtMs: number) => {
  const { startedAt = null, finishedAt = null } = step ?? {}
  const endMs = finishedAt === null ? shownAtMs : Date.parse(finishedAt)
  return [
    ['tokens', formatCount((step?.inputTokens ?? 0) + (step?.outputTokens ?? 0))],
    ['cost', formatMoney(step?.costNanoUsd ?? 0)],
    ['time', startedAt === null ? '–' : formatStepTime(endMs - Date.parse(startedAt))],
  ] as const
}
