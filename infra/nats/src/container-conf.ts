import { renderNatsConf } from './render-nats-conf.ts'

/** `llm-router` → `NATS_PASSWORD_LLM_ROUTER`. */
export const passwordVariableOf = (user: string): string =>
  `NATS_PASSWORD_${user.replaceAll('-', '_').toUpperCase()}`

/** For a nats-server in a container: passwords come from its environment, and have to start with a letter. */
export const containerConf = (): string =>
  renderNatsConf({
    host: '0.0.0.0',
    port: 4222,
    storeDir: '/data',
    passwordOf: (user) => `$${passwordVariableOf(user)}`,
  })
