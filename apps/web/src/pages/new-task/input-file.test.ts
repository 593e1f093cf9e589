import { expect, test } from 'vitest'
import { fileOfText, readInputFile, withFiles } from './input-file.ts'

const problemOf = async (file: File) => {
  const read = await readInputFile(file)
  return 'refused' in read ? read.refused.problem : null
}

test('takes text files by their ending and keeps the content as it is', async () => {
  expect(await readInputFile(new File(['a,b\n1,2\n'], 'Weather 2024.CSV'))).toEqual({
    file: { name: 'Weather 2024.CSV', mediaType: 'text/csv', bytes: 8, text: 'a,b\n1,2\n' },
  })
})

test('says of each file what is wrong with it', async () => {
  expect(await problemOf(new File(['x'], 'slides.pdf'))).toMatch(/^Only \.md/)
  expect(await problemOf(new File([], 'empty.md'))).toMatch(/empty/)
  expect(await problemOf(new File(['x'], '.hidden.md'))).toMatch(/rename/)
  expect(await problemOf(new File([new Uint8Array([0xff, 0xfe, 0x41])], 'latin.txt'))).toMatch(
    /UTF-8/,
  )
  expect(await problemOf(new File([new Uint8Array(8 * 1024 * 1024 + 1)], 'large.txt'))).toMatch(
    /more than 8\.0 MiB/,
  )
})

test('the same name again replaces the file instead of doubling it', () => {
  const file = { name: 'a.md', mediaType: 'text/markdown', bytes: 1, text: 'x' }
  const { files } = withFiles([file], [{ file: { ...file, text: 'y' } }])
  expect(files.map(({ text }) => text)).toEqual(['y'])
})

test('refuses what one request cannot carry, and keeps what it can', () => {
  const big = (name: string) => ({
    file: { name, mediaType: 'text/plain', bytes: 8 * 1024 * 1024, text: '' },
  })
  const { files, refused } = withFiles([], ['a', 'b', 'c', 'd'].map(big))
  expect(files).toHaveLength(3)
  expect(refused.map(({ name }) => name)).toEqual(['d'])
})

test('pasted text becomes a file of the kind that it looks like', () => {
  expect(fileOfText('{"a":1}', []).name).toBe('pasted-1.json')
  expect(fileOfText('a,b\n1,2', ['pasted-1.csv']).name).toBe('pasted-2.csv')
  expect(fileOfText('Dear all, hello.', []).name).toBe('pasted-1.txt')
})
