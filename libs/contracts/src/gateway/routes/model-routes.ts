import { z } from 'zod'
import {
  ListingProvider,
  ModelOverride,
  ProviderModel,
  refreshModels,
} from '../../llm/model-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { PriceLine } from './price-routes.ts'

const tag = 'models'
const query = z.strictObject({ provider: ListingProvider.optional() })

export const ModelLine = ProviderModel.extend({ price: PriceLine.nullable() })
export type ModelLine = z.infer<typeof ModelLine>

export const modelRoutes = httpRoutesOf({
  listModels: {
    method: 'GET',
    path: '/api/providers/models',
    tag,
    summary: 'The models of the providers with their bounds and prices.',
    access: 'owner',
    query,
    answer: z.object({ items: z.array(ModelLine) }),
    status: 200,
    keyed: false,
    errors: [],
  },
  refreshModels: {
    method: 'POST',
    path: '/api/providers/models/refresh',
    tag,
    summary: 'Asks the providers for their models and published prices now.',
    access: 'owner',
    query,
    answer: refreshModels.output,
    status: 200,
    keyed: true,
    errors: [],
  },
  putModelOverride: {
    method: 'PUT',
    path: '/api/providers/models/overrides',
    tag,
    summary:
      'What you say of a model: its bounds, and whether calls that name none use it. Outlives every refresh.',
    access: 'owner',
    body: z.strictObject({
      ...ModelOverride.pick({ provider: true, model: true }).shape,
      contextTokensMax: ModelOverride.shape.contextTokensMax.default(null),
      outputTokensMax: ModelOverride.shape.outputTokensMax.default(null),
      isDefault: z.boolean().default(false),
    }),
    status: 204,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
})
