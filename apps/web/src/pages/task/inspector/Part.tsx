import type { ReactNode } from 'react'

type Props = {
  letter?: string
  name: string
  /** At the other end of its line. */
  aside?: string
  children: ReactNode
}

/** One thing that is known of a step or its agent, under its name. */
export const Part = ({ letter, name, aside, children }: Props) => (
  <section>
    <h3 className="mb-1.5 flex items-center gap-2 text-13 font-semibold">
      {letter && (
        <span
          aria-hidden
          className="grid size-5 place-items-center rounded-4 border border-line-strong font-mono text-12 text-text-2"
        >
          {letter}
        </span>
      )}
      {name}
      {aside !== undefined && (
        <span className="tnum ml-auto text-12 font-normal text-text-3">{aside}</span>
      )}
    </h3>
    {children}
  </section>
)
