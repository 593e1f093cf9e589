import { Button } from '../../../ui/Button.tsx'

type Props = {
  /** The version that holds now, and the one that the person began from. */
  version: number
  begunFrom: number
  /** What is put on the newer version. */
  what: string
  unavailable?: string | null
  onPut: () => void
}

/** A newer version came while somebody typed: what was typed goes on from there when they say so. */
export const SomebodyWasFirst = ({ version, begunFrom, what, unavailable, onPut }: Props) => (
  <div role="alert" className="flex flex-col items-start gap-2 border-l-3 border-waiting pl-3">
    <p className="text-14">
      Somebody else was first: version {version} came while you had version {begunFrom} before you.
      What you typed is still here.
    </p>
    <Button size="small" unavailable={unavailable ?? null} onClick={onPut}>
      Put {what} on version {version}
    </Button>
  </div>
)
