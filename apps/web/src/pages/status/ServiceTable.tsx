import type { ServiceCopy } from '@maestro/contracts/gateway/system-status'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { Age } from '../../ui/Age.tsx'
import { formatCount, formatPlural } from '../../ui/format-count.ts'
import { serviceLines } from './service-lines.ts'
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
          <tr key={line.service}>
            <td className={`${cellLook} font-medium`}>{line.service}</td>
            <td className={cellLook}>
              {line.copies > 0 ? (
                <span className="inline-flex items-center gap-1.5 font-medium text-done">
                  <CircleCheck aria-hidden size={16} />
                  Up{line.copies > 1 && `, ${formatPlural(line.copies, 'copy', 'copies')}`}
                </span>
              ) : (
                <span className="inline-flex items-center gap-1.5 font-medium text-failed">
                  <CircleDashed aria-hidden size={16} />
                  Does not answer
                </span>
              )}
            </td>
            <td className={`${cellLook} text-right`}>{formatCount(line.requests)}</td>
            <td className={`${cellLook} text-right`}>{formatCount(line.errors)}</td>
            <td className={`${cellLook} text-right`}>
              {line.averageMs === null ? '–' : `${line.averageMs.toFixed(1)} ms`}
            </td>
            <td className={`${cellLook} font-mono text-12 text-text-2`}>{line.version || '–'}</td>
            <td className={`${cellLook} text-text-2`}>
              {line.startedAt === null ? '–' : <Age at={line.startedAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </StatusSection>
)
