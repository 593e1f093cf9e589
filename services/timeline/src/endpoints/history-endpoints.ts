import { searchHistory } from '@maestro/contracts/timeline/history-endpoints'
import { implement } from '@maestro/service-kit/serve'
import type { SearchHistory } from '../search/search-history.ts'

export const historyEndpoints = ({ search }: { search: SearchHistory }) => [
  implement(searchHistory, (wish) => search(wish)),
]
