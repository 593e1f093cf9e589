import { Link } from '@tanstack/react-router'
import { House } from 'lucide-react'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { NewTaskLink } from '../NewTaskLink.tsx'

/** Before the first task there is nothing to count: what Maestro is for, and how to begin. */
export const FirstStart = () => (
  <EmptyState icon={House} title="No task yet" action={<NewTaskLink />}>
    <p>
      Name a goal: a team of agents plans it, does it and shows each step. How tasks, agents and
      models do, and what that costs, shows here from the first one on.
    </p>
    <p className="mt-2">
      Without a key the provider Rehearsal answers, which asks no model and costs nothing.{' '}
      <Link
        to={paths.providers()}
        className="font-medium text-accent underline underline-offset-2 pointer-coarse:py-3.5"
      >
        Providers, keys and models
      </Link>
    </p>
  </EmptyState>
)
