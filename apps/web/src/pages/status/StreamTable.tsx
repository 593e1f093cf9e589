import type { SystemStatus } from '@maestro/contracts/gateway/system-status'
import { Fragment } from 'react'
import { formatBytes, formatCount } from '../../ui/format-count.ts'
import { cellLook, headLook, StatusSection } from './StatusSection.tsx'

export const StreamTable = ({ status }: { status: SystemStatus }) => (
  <StatusSection
    title="Streams"
    note={`NATS ${status.nats.version}${status.nats.roundTripMs === null ? '' : `, ${status.nats.roundTripMs.toFixed(1)} ms away`}`}
  >
    <table className="tnum w-full">
      <thead>
        <tr>
          <th className={headLook}>Stream and its readers</th>
          <th className={`${headLook} text-right`}>Messages</th>
          <th className={`${headLook} text-right`}>Size</th>
          <th className={`${headLook} text-right`}>Waiting</th>
          <th className={`${headLook} text-right`}>In flight</th>
          <th className={`${headLook} text-right`}>Delivered again</th>
        </tr>
      </thead>
      <tbody>
        {status.streams.map((stream) => (
          <Fragment key={stream.name}>
            <tr>
              <td className={`${cellLook} font-medium`}>{stream.name}</td>
              <td className={`${cellLook} text-right`}>{formatCount(stream.messages)}</td>
              <td className={`${cellLook} text-right`}>{formatBytes(stream.bytes)}</td>
              <td className={cellLook} colSpan={3} />
            </tr>
            {stream.consumers.map((consumer) => (
              <tr key={consumer.name}>
                <td className={`${cellLook} pl-8 font-mono text-12 text-text-2`}>
                  {consumer.name}
                </td>
                <td className={cellLook} colSpan={2} />
                <td className={`${cellLook} text-right`}>{formatCount(consumer.waiting)}</td>
                <td className={`${cellLook} text-right`}>{formatCount(consumer.inFlight)}</td>
                <td className={`${cellLook} text-right`}>{formatCount(consumer.redelivered)}</td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  </StatusSection>
)
