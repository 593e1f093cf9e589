type Props = { name: string; value: string; isStrong?: boolean }

/** A name and its number, at the two ends of a line. */
export const Figure = ({ name, value, isStrong = false }: Props) => (
  <div className="flex items-baseline justify-between gap-4">
    <dt className="text-text-2">{name}</dt>
    <dd className={isStrong ? 'text-right font-semibold' : 'text-right'}>{value}</dd>
  </div>
)
