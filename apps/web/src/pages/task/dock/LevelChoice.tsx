import type { LogLevel } from '@maestro/contracts/log/log-level'
import { Segments } from '../../../ui/Segments.tsx'
import { levelOf, withLevel } from './services/service-filter.ts'

const levels: readonly { value: LogLevel; label: string; hint: string }[] = [
  { value: 'info', label: 'All', hint: 'Every line that is collected' },
  { value: 'warn', label: 'Warnings', hint: 'Warnings and what is worse' },
  { value: 'error', label: 'Errors', hint: 'Errors alone' },
]

type Props = { filter: string; onFilter: (filter: string) => void }

/** The level of a filter, chosen instead of typed. */
export const LevelChoice = ({ filter, onFilter }: Props) => (
  <Segments
    label="Level"
    size="small"
    value={levels.find(({ value }) => value === levelOf(filter))?.value ?? 'info'}
    options={levels}
    onValue={(value) => onFilter(withLevel(filter, value))}
  />
)
