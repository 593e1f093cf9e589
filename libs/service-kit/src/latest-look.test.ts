import { expect, test } from 'vitest'
import { createLatestLook } from './latest-look.ts'

/** Looks whose answers the test gives, in the order it likes. */
const given = () => {
  const answers: PromiseWithResolvers<string>[] = []
  const taken: string[] = []
  const look = createLatestLook({
    read: () => {
      const answer = Promise.withResolvers<string>()
      answers.push(answer)
      return answer.promise
    },
    take: (found: string) => taken.push(found),
  })
  return { look, answers, taken }
}

test('takes what each look finds', async () => {
  const { look, answers, taken } = given()
  for (const [index, found] of ['first', 'second'].entries()) {
    const looked = look()
    answers[index]?.resolve(found)
    await looked
  }
  expect(taken).toEqual(['first', 'second'])
})

test('an older look that ends late does not bring the old back', async () => {
  const { look, answers, taken } = given()
  const looks = [look(), look()]
  answers[1]?.resolve('new')
  await looks[1]
  answers[0]?.resolve('old')
  await looks[0]
  expect(taken).toEqual(['new'])
})

test('a look that fails says so, and holds up no other', async () => {
  const { look, answers, taken } = given()
  const looks = [look(), look()]
  answers[1]?.reject(new Error('away'))
  await expect(looks[1]).rejects.toThrow('away')
  answers[0]?.resolve('known')
  await looks[0]
  expect(taken).toEqual(['known'])
})
