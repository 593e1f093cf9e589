import { RotateCw } from 'lucide-react'
import { type ComponentType, type ReactNode, useDeferredValue, useEffect } from 'react'
import { useStore } from 'zustand'
import { Button } from './Button.tsx'
import { createPartStore } from './part-store.ts'

/**
 * Something beside a page that comes when it is first shown. Where it does not load, that is said in
 * its place, and can be tried again: the page around it, and what is typed there, stays.
 */
export const lazyPart = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  loading: ReactNode = null,
): ComponentType<Props> => {
  const part = createPartStore(load)
  const LazyPart = (props: Props) => {
    const { Part, hasFailed, isLoading } = useStore(part.store)
    // What comes later is rendered piece by piece: the page around it answers meanwhile.
    const isShown = useDeferredValue(Part !== null)
    useEffect(() => void part.fetch(), [])
    if (Part !== null && isShown) return <Part {...props} />
    return hasFailed ? (
      <NotLoaded
        isLoading={isLoading}
        onRetry={() => void part.fetch()}
        onClose={'onClose' in props && typeof props.onClose === 'function' ? props.onClose : null}
      />
    ) : (
      loading
    )
  }
  return LazyPart
}

type NotLoadedProps = { isLoading: boolean; onRetry: () => void; onClose: Function | null }

const NotLoaded = ({ isLoading, onRetry, onClose }: NotLoadedProps) => (
  <div role="alert" className="flex flex-wrap items-center gap-2 p-2 text-13">
    <p className="font-medium text-failed">
      This part could not be loaded. If that stays so, reload the page: Maestro may have been
      updated.
    </p>
    <Button size="small" icon={RotateCw} pending={isLoading} onClick={onRetry}>
      Try again
    </Button>
    {onClose !== null && (
      <Button size="small" look="quiet" onClick={() => onClose()}>
        Dismiss
      </Button>
    )}
  </div>
)
