import { type ReactNode, useId } from 'react'

type Props = { title: string; note?: string; children: ReactNode }

export const StatusSection = ({ title, note, children }: Props) => {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="px-4 pt-6 pb-2 text-14 font-semibold">
        {title}
        {note && <span className="ml-2 font-normal text-text-3">{note}</span>}
      </h2>
      <div
        className="scroll-edges overflow-x-auto border-t border-line"
        tabIndex={0}
        role="region"
        aria-labelledby={id}
      >
        {children}
      </div>
    </section>
  )
}

export const headLook = 'px-4 py-1.5 text-left text-12 font-medium whitespace-nowrap text-text-3'
export const cellLook = 'border-t border-line px-4 py-2 text-13 whitespace-nowrap'
