import type { ServiceCopy } from '@maestro/contracts/gateway/system-status'
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { Fragment } from 'react'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { formatCount, formatPlural } from '../../ui/format-count.ts'
import { type ServiceLine, serviceLines } from './service-lines.ts'
import { cellLook, headLook, StatusSection } from './StatusSection.tsx'

export const ServiceTable = ({ services }: { services: readonly ServiceCopy[] }) => (
  <StatusSection title="Services">
    <table className="tnum w-full">
      <thead>
        <tr>
          <th className={headLook}>Service</th>
          <th className={headLook}>State</th>
          <th className={`${headLook} text-right`}>Requests</th>
          <th className={`${headLook} text-right`}>Errors</th>
          <th className={`${headLook} text-right`}>Mean answer</th>
          <th className={headLook}>Version</th>
          <th className={headLook}>Up since</th>
        </tr>
      </thead>
      <tbody>
        {serviceLines(services).map((line) => (
          <Fragment key={line.service}>
            <tr>
              <td className={`${cellLook} font-medium`}>{line.service}</td>
              <td className={cellLook}>
                <ServiceState line={line} />
              </td>
              <td className={`${cellLook} text-right`}>{formatCount(line.requests)}</td>
              <td className={`${cellLook} text-right`}>{formatCount(line.errors)}</td>
              <td className={`${cellLook} text-right`}>
                {line.averageMs === null ? '–' : `${line.averageMs.toFixed(1)} ms`}
              </td>
              <td className={`${cellLook} font-mono text-12 text-text-2`}>{line.version || '–'}</td>
              <td className={`${cellLook} text-text-2`}>
                {line.startedAt === null ? '–' : <RelativeTime at={line.startedAt} />}
              </td>
            </tr>
            {line.troubles.map(({ what, reason, since }) => (
              <tr key={`${since} ${what}`}>
                <td />
                <td className="px-4 pb-2 text-13 text-text-2" colSpan={6}>
                  Since <RelativeTime at={since} />: {what} ({reason})
                </td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  </StatusSection>
)

const ServiceState = ({ line: { copies, troubles } }: { line: ServiceLine }) => {
  const { icon: Icon, label, tone } = stateOf(copies, troubles.length)
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle font-medium ${tone}`}>
      <Icon aria-hidden size={16} />
      {label}
      {copies > 1 && `, ${formatPlural(copies, 'copy', 'copies')}`}
    </span>
  )
}

const stateOf = (copies: number, troubles: number) => {
  if (copies === 0) return { icon: CircleDashed, label: 'Does not answer', tone: 'text-failed' }
  if (troubles > 0) return { icon: CircleAlert, label: 'In trouble', tone: 'text-failed' }
  return { icon: CircleCheck, label: 'Up', tone: 'text-done' }
}
