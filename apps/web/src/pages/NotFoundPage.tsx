import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { paths } from '../paths.ts'
import { PageFrame } from '../shell/PageFrame.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

export const NotFoundPage = () => (
  <PageFrame title="Nothing here">
    <EmptyState
      icon={Compass}
      title="There is no page with this address"
      action={
        <Link
          to={paths.tasks()}
          className="inline-block text-accent underline underline-offset-2 pointer-coarse:py-3.5"
        >
          All tasks
        </Link>
      }
    >
      The link may be cut off, or be of a newer version.
    </EmptyState>
  </PageFrame>
)
