/** A base address as the SDKs want it: they add the path of the version themselves, and people paste it with that. */
export const baseUrl = (address: string, versionPath: string): string => {
  const trimmed = address.replace(/\/+$/, '')
  return trimmed.endsWith(versionPath) ? trimmed.slice(0, -versionPath.length) : trimmed
}
