import type { ReactNode } from 'react'

/** A table that may be wider than its page: it scrolls by itself, also by keyboard. */
export const WideTable = ({ label, children }: { label: string; children: ReactNode }) => (
  <div
    role="region"
    aria-label={label}
    tabIndex={0}
    className="scroll-edges max-w-full overflow-x-auto rounded-6 border border-line"
  >
    <table className="tnum w-full text-13">{children}</table>
  </div>
)

export const headLook = (isNumber: boolean): string =>
  `px-3 py-1.5 text-12 font-medium whitespace-nowrap text-text-3 ${isNumber ? 'text-right' : 'text-left'}`

export const cellLook = (isNumber: boolean): string =>
  `border-t border-line px-3 py-2 whitespace-nowrap ${isNumber ? 'text-right' : 'text-left'}`
