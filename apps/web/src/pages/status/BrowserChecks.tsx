import { CircleAlert, CircleCheck } from 'lucide-react'
import { useStore } from 'zustand'
import { useApp } from '../../shell/app-context.ts'
import { cellLook, StatusSection } from './StatusSection.tsx'

/** What this browser can tell by itself, also when nothing answers. */
export const BrowserChecks = ({ isAnswering }: { isAnswering: boolean }) => {
  const { socket } = useApp()
  const live = useStore(socket.state).status
  const checks = [
    { what: 'Questions are answered', ok: isAnswering },
    { what: 'Live updates arrive', ok: live === 'open' },
    { what: 'This device has a network', ok: navigator.onLine },
  ]
  return (
    <StatusSection title="Seen from this browser">
      <table className="w-full">
        <tbody>
          {checks.map(({ what, ok }) => (
            <tr key={what}>
              <td className={cellLook}>
                <span
                  className={`inline-flex items-center gap-1.5 align-middle ${ok ? 'text-done' : 'text-failed'}`}
                >
                  {ok ? (
                    <CircleCheck aria-hidden size={16} />
                  ) : (
                    <CircleAlert aria-hidden size={16} />
                  )}
                  <span className="sr-only">{ok ? 'yes:' : 'no:'}</span>
                </span>
                <span className="ml-2">{what}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </StatusSection>
  )
}
