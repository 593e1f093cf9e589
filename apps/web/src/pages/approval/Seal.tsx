/** The digest of what is decided, short enough to be compared by eye. */
export const Seal = ({ digest }: { digest: string | undefined }) =>
  digest === undefined ? null : (
    <span
      className="font-mono text-12 text-text-2"
      title={`SHA-256 of what is approved: ${digest}`}
    >
      {digest.slice(0, 12)}
    </span>
  )
