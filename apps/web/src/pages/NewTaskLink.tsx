import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { paths } from '../paths.ts'

/** The one thing to begin with, wherever tasks are shown. */
export const NewTaskLink = () => (
  <Link
    to={paths.newTask()}
    className="inline-flex h-8 items-center gap-2 rounded-6 bg-accent px-3 text-14 font-medium text-bg hover:opacity-90 pointer-coarse:h-11"
  >
    <Plus aria-hidden size={16} />
    New task
  </Link>
)
