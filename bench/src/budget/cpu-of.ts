import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of a second, as Linux counts them for people. */
const ticksPerSecond = 100

type Stat = { parent: number; cpuMs: number }

const statOf = (pid: number | string): Stat | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is a name that may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return { parent: Number(fields[1]), cpuMs: (ticks * 1_000) / ticksPerSecond }
  } catch {
    // It ended between the listing and the look.
    return null
  }
}

/** Processor time that a process has used so far, in milliseconds. */
export const cpuMsOf = (pid: number): number => statOf(pid)?.cpuMs ?? 0

/** The same of a server whose connections are processes of their own. */
export const cpuMsOfFamily = (pid: number): number =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(name))
    .reduce((sum, stat) => sum + (stat?.parent === pid ? stat.cpuMs : 0), cpuMsOf(pid))
