// `node healthcheck.ts <service>`: ends with 0 when the copy whose environment this is answers on the bus, else with 1.
// For containers: a service has no port of its own that could be probed.
import { z } from 'zod'
import { loadConfig } from './config.ts'
import { connectNats } from './connect-nats.ts'
import { pingCopy } from './ping-copy.ts'
import { serviceConfig } from './service-config.ts'

/** All of it, the connection included; whoever probes waits a little longer. */
const deadlineMs = 6_000
const waitMs = 4_000

const service = z.string('name a service').parse(process.argv[2])
const config = loadConfig(z.object(serviceConfig), process.env)
// A connection to a lost server is tried again for ever, which is right for a service and not for a probe.
setTimeout(() => process.exit(1), deadlineMs)
const nats = await connectNats(config, `${config.COPY_NAME}-health`)
const isThere = await pingCopy({ nats, service, copy: config.COPY_NAME, waitMs })
await nats.close()
process.exit(isThere ? 0 : 1)
