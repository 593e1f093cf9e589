import { nanoUsdFromText, UsdText } from '@maestro/contracts/money/nano-usd'
import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'

export const Config = z.object({
  ...serviceConfig,
  /** The limit over everything, per month, that the first start sets; later it is changed by `putBudget`. */
  BUDGET_GLOBAL_USD: UsdText.default('10').transform(nanoUsdFromText),
})
