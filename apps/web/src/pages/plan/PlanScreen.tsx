import { Link, useNavigate } from '@tanstack/react-router'
import { FileQuestion } from 'lucide-react'
import { messageOf, requestIdOf } from '../../api/request-id.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Select } from '../../ui/Select.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { PlanOfVersion } from '../task/draft/PlanOfVersion.tsx'
import { useTaskSession, useView } from '../task/task-context.ts'
import { PlanComparison } from './PlanComparison.tsx'
import { versionBefore } from './version-before.ts'

type Props = { version: number; against: number | undefined }

/** One version of a plan whole, and beside it what it changed in another one. */
export const PlanScreen = ({ version, against }: Props) => {
  const { taskId } = useTaskSession()
  const navigate = useNavigate()
  const status = useView((view) => view.status)
  const error = useView((view) => view.error)
  const task = useView((view) => view.headTask)
  const versions = task.status === 'unborn' ? [] : task.versions.filter(({ complete }) => complete)
  const plan = versions.find((one) => one.version === version)
  const before =
    against === undefined
      ? versionBefore(versions, plan ?? { version })
      : versions.find((one) => one.version === against && one.version !== version)
  const show = (next: { version?: number; against?: number | undefined }) =>
    void navigate({
      to: paths.plan(),
      params: { taskId, version: String(next.version ?? version) },
      search: { against: 'against' in next ? next.against : against },
    })
  const options = versions.map((one) => ({
    value: String(one.version),
    label: `Version ${one.version}`,
  }))
  return (
    <PageFrame title={`Plan, version ${version}`} above={{ to: paths.tasks(), label: 'Tasks' }}>
      {status === 'failed' && error !== null && (
        <ErrorPanel
          title="This task could not be read"
          message={messageOf(error)}
          requestId={requestIdOf(error)}
          {...(error.code === 'NOT_FOUND' ? {} : { onRetry: () => window.location.reload() })}
        />
      )}
      {status === 'loading' && <SkeletonRows rows={6} label="Loading the plan" />}
      {status === 'ready' && (
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2 text-13">
          <Link
            to={paths.task()}
            params={{ taskId }}
            className="min-w-0 grow truncate text-14 font-medium hover:underline max-md:basis-full md:basis-0 pointer-coarse:py-3"
          >
            {task.status === 'unborn' ? taskId : task.title}
          </Link>
          {versions.length > 0 && (
            <Select
              aria-label="Version"
              value={String(version)}
              options={options}
              onValue={(value) => show({ version: Number(value) })}
            />
          )}
          {versions.length > 1 && (
            <>
              against
              <Select
                aria-label="Compared with"
                value={String(before?.version ?? '')}
                options={[
                  ...(before === undefined ? [{ value: '', label: 'none' }] : []),
                  ...options.filter(({ value }) => value !== String(version)),
                ]}
                onValue={(value) => show({ against: value === '' ? undefined : Number(value) })}
              />
            </>
          )}
        </div>
      )}
      {status === 'ready' && plan === undefined && (
        <EmptyState icon={FileQuestion} title={`This task has no version ${version}`}>
          {versions.length === 0
            ? 'No plan was proposed yet.'
            : `It has ${versions.map((one) => one.version).join(', ')}.`}
        </EmptyState>
      )}
      {plan !== undefined && against !== undefined && before === undefined && (
        <p role="status" className="border-b border-line px-4 py-2 text-13 text-waiting">
          {against === version
            ? 'A version has no difference to itself.'
            : `This task has no version ${against} to compare it with.`}
        </p>
      )}
      {plan !== undefined && (
        <div className="@container min-h-0 grow overflow-y-auto">
          <PlanComparison key={`${version} ${before?.version}`} plan={plan} before={before} />
          <div className="border-t border-line">
            <PlanOfVersion plan={plan} before={undefined} />
          </div>
        </div>
      )}
    </PageFrame>
  )
}
