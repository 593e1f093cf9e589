import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { asDatabaseOutage } from './database-outage.ts'

const failure = (code: string) => Object.assign(new Error('x'), { code })

test.each([
  'ECONNREFUSED',
  'CONNECTION_CLOSED',
  '57P01',
  '08006',
  '55P03',
  '57014',
  '53100',
  '53200',
  '25006',
])('%s is an outage: asking again helps', (code) => {
  const error = asDatabaseOutage(failure(code))
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).code).toBe('UNAVAILABLE')
})

test.each(['23505', '42601', '22P02'])('%s is a defect and stays what it is', (code) => {
  const error = failure(code)
  expect(asDatabaseOutage(error)).toBe(error)
})

test('a rejection of ours stays what it is', () => {
  const error = new AppError('NOT_FOUND')
  expect(asDatabaseOutage(error)).toBe(error)
})
