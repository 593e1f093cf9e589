import { listSuggestions } from '@maestro/contracts/budget/suggestion-endpoints'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { createListSuggestions } from './list-suggestions.ts'

export const suggestionAnswers = (
  parts: Parameters<typeof createListSuggestions>[0],
): readonly Implementation[] => [implement(listSuggestions, createListSuggestions(parts))]
