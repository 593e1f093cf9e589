import type { ErrorComponentProps } from '@tanstack/react-router'
import { messageOf, requestIdOf } from '../api/request-id.ts'
import { PageFrame } from '../shell/PageFrame.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'

/** A page that broke; the navigation around it goes on. */
export const PageFailure = ({ error }: Pick<ErrorComponentProps, 'error'>) => (
  <PageFrame title="This page broke">
    <ErrorPanel
      title="This page could not be shown"
      message={`${messageOf(error)} The other pages work; your tasks go on.`}
      requestId={requestIdOf(error)}
      onRetry={() => window.location.reload()}
    />
  </PageFrame>
)
