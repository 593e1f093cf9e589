import { expect, test } from 'vitest'
import { findArchive, parseOsRelease } from './debian-sources.ts'

test('takes the mirror that the machine uses, in either form of a source list', () => {
  const deb822 = 'Types: deb\nURIs: http://mirror.example/debian/\nSuites: bookworm\n'
  const oneLine = 'deb [signed-by=/k.gpg] https://mirror.example/debian bookworm main\n'
  expect(findArchive([deb822])).toBe('http://mirror.example/debian')
  expect(findArchive([oneLine])).toBe('https://mirror.example/debian')
})

test('is not led astray by archives of others', () => {
  const others = 'deb https://packages.example/apt stable main\nURIs: http://x/debian-security\n'
  expect(findArchive([others])).toBe('http://deb.debian.org/debian')
})

test('reads who the system is', () => {
  expect(parseOsRelease('ID=debian\nVERSION_CODENAME=bookworm\nNAME="Debian GNU/Linux"\n')).toEqual(
    {
      ID: 'debian',
      VERSION_CODENAME: 'bookworm',
      NAME: 'Debian GNU/Linux',
    },
  )
})
