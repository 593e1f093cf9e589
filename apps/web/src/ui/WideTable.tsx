import type { ReactNode } from 'react'

type Props = {
  label: string
  /** What its columns are called, from the first. */
  heads: readonly string[]
  /** Columns of numbers stand at their right. */
  isNumber?: (column: number) => boolean
  /** Its rows. */
  children: ReactNode
}

/** A table that may be wider than its page: it scrolls by itself, also by keyboard. */
export const WideTable = ({ label, heads, isNumber = () => false, children }: Props) => (
  <div
    role="region"
    aria-label={label}
    tabIndex={0}
    className="scroll-edges max-w-full overflow-x-auto rounded-6 border border-line"
  >
    <table className="tnum w-full text-13">
      <thead>
        <tr>
          {heads.map((head, column) => (
            <th
              key={head}
              scope="col"
              className={`px-3 py-1.5 text-12 font-medium whitespace-nowrap text-text-3 ${sideOf(isNumber(column))}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)

export const cellLook = (isNumber: boolean): string =>
  `border-t border-line px-3 py-2 whitespace-nowrap ${sideOf(isNumber)}`

const sideOf = (isNumber: boolean): string => (isNumber ? 'text-right' : 'text-left')
