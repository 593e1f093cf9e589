import { PencilRuler } from 'lucide-react'
import { useMemo } from 'react'
import { draftingCostOf } from '@maestro/task-model/drafting/convergence-of'
import { formatLimit, formatMoney } from '../../../ui/format-money.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { useCallText, useView } from '../task-context.ts'
import { DraftControls } from './DraftControls.tsx'
import { versionRows } from './draft-rows.ts'
import { draftSentence } from './draft-sentence.ts'
import { PlanOfVersion } from './PlanOfVersion.tsx'
import { ScoreCharts } from './ScoreCharts.tsx'
import { Verdicts } from './Verdicts.tsx'
import { VersionList } from './VersionList.tsx'

type Props = { version: number | undefined; onVersion: (version: number) => void }

/** How the plan came about: versions, what the observers said of each, what became of it. */
export const DraftView = ({ version, onVersion }: Props) => {
  const task = useView((view) => view.task)
  const rows = useMemo(() => (task.status === 'unborn' ? [] : versionRows(task)), [task])
  if (task.status === 'unborn') return null
  const chosen =
    rows.find(({ plan }) => plan.version === version) ??
    rows.find(({ plan }) => plan.version === task.planVersion) ??
    rows.at(-1)
  const before = rows[rows.findIndex((row) => row === chosen) - 1]?.plan
  return (
    <div className="@container flex h-full min-h-0 flex-col overflow-y-auto">
      <header className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 border-b border-line px-4 py-3">
        <p role="status" className="text-14 font-medium">
          {draftSentence(task)}
          <span className="tnum ml-2 font-normal text-text-2">
            {`Drafting cost ${formatMoney(draftingCostOf(task))}`}
            {task.options.drafting.costNanoUsd !== undefined &&
              ` of ${formatLimit(task.options.drafting.costNanoUsd)}`}
          </span>
        </p>
        {rows.length > 1 && <ScoreCharts rows={rows} scoreMin={task.options.drafting.scoreMin} />}
      </header>
      <Writing />
      <DraftControls plan={chosen?.plan} />
      {version !== undefined && chosen !== undefined && chosen.plan.version !== version && (
        <p role="status" className="border-b border-line px-4 py-2 text-13 text-waiting">
          There is no version {version} at this moment; this is version {chosen.plan.version}.
        </p>
      )}
      {chosen === undefined ? (
        <EmptyState icon={PencilRuler} title="No version yet">
          The Planner proposes a team and a plan; two observers judge every version.
        </EmptyState>
      ) : (
        <div className="grid grow @5xl:grid-cols-[200px_minmax(0,1fr)_minmax(280px,360px)]">
          <VersionList rows={rows} chosen={chosen.plan.version} onVersion={onVersion} />
          <PlanOfVersion plan={chosen.plan} before={before} />
          <Verdicts task={task} plan={chosen.plan} />
        </div>
      )}
    </div>
  )
}

/** The end of a text that grows, as it fits. */
const charactersShown = 600

/** What the role at work has written so far. */
const Writing = () => {
  const call = useView(({ task }) =>
    task.status === 'unborn'
      ? null
      : (task.drafting.calls.findLast(({ status }) => status === 'running') ?? null),
  )
  const isLive = useView((view) => view.mode === 'live')
  const text = useCallText(isLive && call !== null ? call.callId : null)
  if (text === '') return null
  return (
    <pre
      tabIndex={0}
      aria-label="What is being written"
      aria-busy
      className="max-h-24 shrink-0 overflow-hidden border-b border-line bg-surface px-4 py-2 font-mono text-12 whitespace-pre-wrap text-text-2"
    >
      {text.length > charactersShown ? `…${text.slice(-charactersShown)}` : text}
    </pre>
  )
}
