import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian keeps servers in sbin, which the PATH of a person often lacks. */
const SYSTEM_FOLDERS = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/opt/homebrew/bin',
]

/** Every place at which a program of this name is found, nearest first. */
export const findOnPath = (name: string, more: readonly string[] = []): readonly string[] => {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS, ...more]
  return [...new Set(folders)].map((folder) => join(folder, name)).filter(isExecutable)
}
