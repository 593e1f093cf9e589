import { canGuide } from '@maestro/task-model/drafting/can-guide'
import { useMutation } from '@tanstack/react-query'
import { Lock, LockOpen } from 'lucide-react'
import { messageOf } from '../../../api/request-id.ts'
import { lockPart } from '../../../api/drafting.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { useShown, useTaskSession, useView } from '../task-context.ts'

/** Keeps a part of the newest version as it is in those to come, or lets it go again. */
export const LockButton = ({ part }: { part: string }) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const isLocked = useShown(({ drafting }) => drafting.locks?.[part] !== undefined, false)
  const isOpen = useView(({ headTask, mode }) => mode === 'live' && canGuide(headTask))
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => lockPart(http, { taskId, part, isLocked: !isLocked }),
  })
  if (!isOpen) return isLocked ? <span className="text-12 text-text-2">locked</span> : null
  return (
    <span>
      <Button
        size="small"
        look="quiet"
        icon={isLocked ? Lock : LockOpen}
        aria-pressed={isLocked}
        aria-label={`Lock ${part}`}
        pending={isPending}
        hint={isLocked ? 'Versions to come may change it again' : 'Versions to come keep it'}
        onClick={() => mutate()}
      >
        {isLocked ? 'Locked' : 'Lock'}
      </Button>
      {error !== null && (
        <span role="alert" className="text-13 font-medium text-failed">
          {messageOf(error)}
        </span>
      )}
    </span>
  )
}
