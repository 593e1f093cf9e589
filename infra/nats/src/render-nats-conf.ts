import { accessTable, outsideSees, serviceNames } from './access-table.ts'
import { outsidePermissions, type Permissions, toPermissions } from './to-permissions.ts'

export type NatsConf = {
  /** Where to listen; absent: the port of the file's reader (a container) decides. */
  readonly host: string
  readonly port: number
  readonly storeDir: string
  /** A quoted password, or a bare `$VARIABLE` that nats-server reads from its environment. */
  readonly passwordOf: (user: string) => string
  /** Tests have one user more, who may do everything. */
  readonly withAdmin?: boolean
}

/** JetStream keeps LIVE in memory (minutes of token deltas); this is its upper bound. */
const MEMORY_STORE_BYTES_MAX = 128 * 1024 ** 2
/** More than all streams together may hold; without it the server refuses them where the disk is small. */
const FILE_STORE_BYTES_MAX = 4 * 1024 ** 3
/** Contracts keep messages under 512 KiB plus headers; this is the bus's own bound. */
const PAYLOAD_BYTES_MAX = 1024 ** 2

const list = (subjects: readonly string[], indent: string): string =>
  subjects.length === 0
    ? '[]'
    : `[\n${subjects.map((subject) => `${indent}  ${JSON.stringify(subject)}`).join('\n')}\n${indent}]`

const renderUser = (user: string, password: string, permissions?: Permissions): string => {
  const head = `      user: ${JSON.stringify(user)}\n      password: ${password}\n`
  if (!permissions) return `    {\n${head}    }`
  return `    {
${head}      permissions: {
        publish: { allow: ${list(permissions.publish, '        ')} }
        subscribe: { allow: ${list(permissions.subscribe, '        ')} }
        # Whoever is asked may answer: once, and not for ever.
        allow_responses: { max: 1, expires: "2m" }
      }
    }`
}

/** The whole configuration of our nats-server: one account for the services, one for programs outside. */
export const renderNatsConf = ({
  host,
  port,
  storeDir,
  passwordOf,
  withAdmin = false,
}: NatsConf): string => {
  const users = serviceNames.map((name) =>
    renderUser(name, passwordOf(name), toPermissions(name, accessTable[name])),
  )
  if (withAdmin) users.push(renderUser('admin', passwordOf('admin')))
  return `# Rendered from infra/nats/src/access-table.ts.
server_name: "maestro"
host: ${JSON.stringify(host)}
port: ${port}
max_payload: ${PAYLOAD_BYTES_MAX}
jetstream: {
  store_dir: ${JSON.stringify(storeDir)}
  max_memory_store: ${MEMORY_STORE_BYTES_MAX}
  max_file_store: ${FILE_STORE_BYTES_MAX}
}
accounts: {
  MAESTRO: {
    jetstream: enabled
    users: [
${users.join('\n')}
    ]
    exports: [
${outsideSees.map((subject) => `      { stream: ${JSON.stringify(subject)}, accounts: ["OUTSIDE"] }`).join('\n')}
      { service: "$SRV.>", accounts: ["OUTSIDE"], response_type: "Stream" }
    ]
  }
  OUTSIDE: {
    users: [
${renderUser('outside', passwordOf('outside'), outsidePermissions(outsideSees))}
    ]
    imports: [
${outsideSees.map((subject) => `      { stream: { account: "MAESTRO", subject: ${JSON.stringify(subject)} } }`).join('\n')}
      { service: { account: "MAESTRO", subject: "$SRV.>" } }
    ]
  }
}
`
}
