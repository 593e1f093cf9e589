import { ensureMasterKeyFile, readMasterKeyFile } from './master-key-file.ts'
import type { MasterKeyConfig } from './master-key-config.ts'
import type { MasterKey } from './master-key.ts'

/** What seals, and what opens: after a change of the master key, the one before still opens. */
export type MasterKeys = {
  /** Null: there is none, so no key can be kept. */
  present: MasterKey | null
  byId: (masterKeyId: string) => MasterKey | undefined
}

export const masterKeysOf = (
  present: MasterKey | null,
  previous: readonly MasterKey[] = [],
): MasterKeys => {
  const all = present === null ? previous : [present, ...previous]
  return {
    present,
    byId: (masterKeyId) => all.find((key) => key.masterKeyId === masterKeyId),
  }
}

/** The master key of the environment; else that of the file, which is made at the first start. Beside it the one before, while there is one. */
export const openMasterKeys = async (config: MasterKeyConfig): Promise<MasterKeys> => {
  const { MAESTRO_MASTER_KEY: given, MAESTRO_MASTER_KEY_PREVIOUS: givenBefore } = config
  const file = config.MAESTRO_MASTER_KEY_FILE
  const fileBefore = file === undefined ? null : await readMasterKeyFile(`${file}.previous`)
  const before = [givenBefore, fileBefore].flatMap((key) => key ?? [])
  if (given !== undefined) {
    // Whoever moves from a file to the environment still has what the file sealed.
    const ofFile = file === undefined ? null : await readMasterKeyFile(file)
    return masterKeysOf(given, ofFile === null ? before : [...before, ofFile])
  }
  return masterKeysOf(file === undefined ? null : await ensureMasterKeyFile(file), before)
}
