import { connect } from 'node:net'
import { LaunchFailure } from '../launch-failure.ts'
import { waitUntil } from '../process/wait-until.ts'

/** A server that is started together with us is waited for this long. */
const WAIT_MS = 10_000
const ANSWER_MS = 2_000

/** The variables that name a server, and what happens without each. */
const without = {
  NATS_URL: 'a private one is started',
  NATS_OUTSIDE_URL: 'programs outside are given no address then',
  REDIS_URL: 'a private one is started',
}

type Check = {
  portDefault: number
  /** What a client says first. */
  words: (url: URL) => string
  /** Enough was heard to judge. */
  isEnough: RegExp
  /** What is wrong with a server that answered so, and what to do; nothing when it will do. */
  judge: (heard: string) => { problem: string; whatToDo: string } | null
}

/** Everything that the server says until it is enough, it closes, or it takes too long. */
const hear = (url: URL, { words, isEnough, portDefault }: Check): Promise<string> =>
  new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(url.port || portDefault) })
    let heard = ''
    const done = () => {
      socket.destroy()
      resolve(heard)
    }
    socket.setTimeout(ANSWER_MS, done)
    socket.once('error', done)
    socket.once('close', done)
    socket.once('connect', () => socket.write(words(url)))
    socket.on('data', (data) => {
      heard += data.toString('latin1')
      if (isEnough.test(heard)) done()
    })
  })

const check = async (
  name: keyof typeof without,
  given: string,
  server: Check,
  waitMs: number,
): Promise<void> => {
  const url = new URL(given)
  const { portDefault, judge } = server
  const fail = (problem: string, whatToDo: string): never => {
    const at = `${url.hostname}:${url.port || portDefault}`
    throw new LaunchFailure(`${name}: ${problem} at ${at}`, whatToDo)
  }
  let heard = ''
  const answered = await waitUntil(async () => (heard = await hear(url, server)) !== '', {
    timeoutMs: waitMs,
    everyMs: 500,
  })
  if (!answered) {
    fail('nothing answers', `Start that server, or leave ${name} out: ${without[name]}.`)
  }
  const verdict = judge(heard)
  if (verdict) fail(verdict.problem, verdict.whatToDo)
}

const natsCheck: Check = {
  portDefault: 4222,
  words: ({ username, password }) => {
    const login =
      username === ''
        ? {}
        : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    return `CONNECT ${JSON.stringify({ verbose: false, pedantic: false, ...login })}\r\nPING\r\n`
  },
  isEnough: /^(PONG|-ERR .*)\r\n/m,
  judge: (heard) => {
    if (!heard.startsWith('INFO ')) {
      return { problem: 'this is no NATS server', whatToDo: 'Name a nats-server, 2.10 or newer.' }
    }
    const refusal = /^-ERR (.*)\r$/m.exec(heard)?.[1]
    if (refusal !== undefined) {
      return {
        problem: `the server refuses this login (${refusal})`,
        whatToDo: 'Put the right user and password into the address.',
      }
    }
    if (!/"jetstream":\s*true/.test(heard)) {
      return { problem: 'there is no JetStream', whatToDo: 'Start that server with -js.' }
    }
    return null
  },
}

/** A command in the form that takes any character. */
const redisCommand = (...words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`

const redisCheck: Check = {
  portDefault: 6379,
  words: ({ username, password }) => {
    const login = [username, password].filter((word) => word !== '').map(decodeURIComponent)
    return `${login.length > 0 ? redisCommand('AUTH', ...login) : ''}${redisCommand('PING')}`
  },
  isEnough: /^(\+PONG|-.*)\r\n/m,
  judge: (heard) => {
    if (!/^[+-]/.test(heard)) {
      return { problem: 'this is no Redis', whatToDo: 'Name a Redis server, 7 or newer.' }
    }
    const refusal = /^-(.*)\r$/m.exec(heard)?.[1]
    if (refusal !== undefined) {
      return {
        problem: `the server refuses us (${refusal})`,
        whatToDo: 'Put the right password into the address: redis://:password@host:6379.',
      }
    }
    return null
  },
}

/** Services would try forever: a wrong address is told at once. @throws {LaunchFailure} */
export const checkGivenNats = (
  name: 'NATS_URL' | 'NATS_OUTSIDE_URL',
  url: string,
  waitMs = WAIT_MS,
): Promise<void> =>
  new URL(url).protocol === 'nats:' ? check(name, url, natsCheck, waitMs) : Promise.resolve()

/** @throws {LaunchFailure} Addresses with TLS are left to the services. */
export const checkGivenRedis = (url: string, waitMs = WAIT_MS): Promise<void> =>
  new URL(url).protocol === 'redis:'
    ? check('REDIS_URL', url, redisCheck, waitMs)
    : Promise.resolve()
