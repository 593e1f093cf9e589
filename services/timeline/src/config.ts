import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'

export const Config = z.object(serviceConfig)
