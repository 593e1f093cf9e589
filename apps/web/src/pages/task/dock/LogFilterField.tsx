type Props = {
  label: string
  placeholder: string
  value: string
  onValue: (value: string) => void
}

/** A filter in one line, as both logs take it; it gives way before anything beside it goes to a second row. */
export const LogFilterField = ({ label, placeholder, value, onValue }: Props) => (
  <input
    type="search"
    aria-label={label}
    placeholder={placeholder}
    value={value}
    onChange={(event) => onValue(event.target.value)}
    className="h-7 max-w-80 min-w-0 grow basis-40 rounded-6 border border-line-strong bg-bg px-2 font-mono text-12 placeholder:text-text-3 max-md:max-w-none pointer-coarse:h-11"
  />
)
