import type { PlanVersion } from '@maestro/task-model/task'

/** What a version is compared with unless somebody says otherwise: what it was made from, else the one before it. */
export const versionBefore = (
  versions: readonly PlanVersion[],
  { version, editOf }: Pick<PlanVersion, 'version' | 'editOf'>,
): PlanVersion | undefined => {
  const complete = versions.filter((one) => one.complete)
  return (
    complete.find((one) => one.version === editOf) ??
    complete.findLast((one) => one.version < version)
  )
}
