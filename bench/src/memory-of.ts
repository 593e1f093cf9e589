import { readdirSync, readFileSync } from 'node:fs'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended while we looked.
    return ''
  }
}

const parentOf = (pid: string): string =>
  /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? ''

/** A process and everything that it started, itself or through others. */
const familyOf = (rootPid: number): string[] => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const family = new Set([String(rootPid)])
  for (let before = 0; before !== family.size;) {
    before = family.size
    for (const pid of pids) if (family.has(parentOf(pid))) family.add(pid)
  }
  return [...family]
}

/** Memory of a process family, in MiB: each page once, shared pages in shares (PSS of the kernel). */
export const memoryOf = (rootPid: number): { name: string; mib: number }[] =>
  familyOf(rootPid).map((pid) => {
    const kib = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
    const name = read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim()
    return { name, mib: kib / 1024 }
  })
