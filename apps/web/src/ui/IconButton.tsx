import type { ComponentProps } from 'react'
import { Button } from './Button.tsx'

type Props = Omit<ComponentProps<typeof Button>, 'children' | 'hint'> & { label: string }

/** A button whose name is in its hint. */
export const IconButton = ({ label, look = 'quiet', ...rest }: Props) => (
  <Button {...rest} look={look} aria-label={label} hint={label} />
)
