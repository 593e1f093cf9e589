import { classes } from './classes.ts'

/** The shape of what is to come; invisible at first, so that fast answers do not flicker. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={classes('appear-late block rounded-4 bg-line/60', className)} />
)

/** Rows of a table that is being loaded. */
export const SkeletonRows = ({ rows, label }: { rows: number; label: string }) => (
  <div role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="flex h-10 items-center gap-6 border-b border-line px-4">
        <Skeleton className="h-3 w-20" />
        <Skeleton className="h-3 grow" />
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-3 w-24" />
      </div>
    ))}
  </div>
)
