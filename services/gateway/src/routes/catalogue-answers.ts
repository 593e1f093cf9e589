import type { catalogueRoutes } from '@maestro/contracts/gateway/routes/catalogue-routes'
import { listProviders } from '@maestro/contracts/llm/provider-endpoints'
import { listTools } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const catalogueAnswers = ({ call }: { call: Call }): Answers<typeof catalogueRoutes> => ({
  listProviders: ({ context }) => call(listProviders, {}, context),
  listTools: ({ context }) => call(listTools, {}, context),
})
