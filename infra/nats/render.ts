// `node infra/nats/render.ts` writes nats.conf for containers; the launcher renders its own at each start.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { containerConf } from './src/container-conf.ts'

writeFileSync(join(import.meta.dirname, 'nats.conf'), containerConf())
