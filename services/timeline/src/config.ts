import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'
import { HistoryDays } from './retention/history-days.ts'

export const Config = z.object({
  ...serviceConfig,
  /** Days that events are kept, by kind: `task=365,queue=90`. */
  TIMELINE_HISTORY_DAYS: HistoryDays,
})
