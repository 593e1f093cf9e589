import { searchHistory } from '@maestro/contracts/timeline/history-endpoints'
import { searchLogs } from '@maestro/contracts/timeline/log-endpoints'
import { implement } from '@maestro/service-kit/serve'
import type { SearchHistory } from '../search/search-history.ts'
import type { SearchLogs } from '../search/search-logs.ts'

export const historyEndpoints = ({
  search,
  searchLogLines,
}: {
  search: SearchHistory
  searchLogLines: SearchLogs
}) => [
  implement(searchHistory, (wish) => search(wish)),
  implement(searchLogs, (wish) => searchLogLines(wish)),
]
