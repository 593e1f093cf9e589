import { Moon, Sun } from 'lucide-react'
import { useStore } from 'zustand'
import { IconButton } from '../ui/IconButton.tsx'
import { theme } from './preferences.ts'

export const ThemeToggle = () => {
  const { value } = useStore(theme)
  const other = value === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      label={other === 'dark' ? 'Dark theme' : 'White theme'}
      icon={other === 'dark' ? Moon : Sun}
      onClick={() => theme.setState({ value: other })}
    />
  )
}
