import { listProviders } from '../../llm/provider-endpoints.ts'
import { listTools } from '../../task/task-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'

/** What tasks can be given: providers and tools. */
export const catalogueRoutes = httpRoutesOf({
  listProviders: {
    method: 'GET',
    path: '/api/providers',
    tag: 'catalogue',
    summary:
      'The providers in fallback order, whether each can be used now, and how its models do.',
    access: 'owner',
    answer: listProviders.output,
    status: 200,
    keyed: false,
    errors: [],
  },
  listTools: {
    method: 'GET',
    path: '/api/tools',
    tag: 'catalogue',
    summary: 'The tools that agents may be given.',
    access: 'owner',
    answer: listTools.output,
    status: 200,
    keyed: false,
    errors: [],
  },
})
