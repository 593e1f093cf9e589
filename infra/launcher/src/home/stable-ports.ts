import { freePort } from '../servers/free-port.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

export type PortOf = (server: string) => Promise<number>

/** Ports that stay the same over restarts as long as nobody else takes them: outside programs remember addresses. */
export const openStablePorts = (file: string): PortOf => {
  const ports = new Map<string, number>(
    Object.entries(readJsonFile(file) ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  )
  return async (server) => {
    const port = await freePort(ports.get(server))
    ports.set(server, port)
    writeJsonFile(file, Object.fromEntries(ports))
    return port
  }
}
