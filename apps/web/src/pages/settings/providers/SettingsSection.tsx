import { type ReactNode, useId } from 'react'

type Props = {
  title: string
  note?: ReactNode
  /** Part of the address, so that links lead here. */
  anchor?: string
  actions?: ReactNode
  children: ReactNode
}

export const SettingsSection = ({ title, note, anchor, actions, children }: Props) => {
  const id = useId()
  return (
    <section aria-labelledby={id} id={anchor} className="border-b border-line px-4 py-6">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={id} className="text-16 font-semibold">
            {title}
          </h2>
          {note && <p className="mt-0.5 max-w-[640px] text-13 text-text-2">{note}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
