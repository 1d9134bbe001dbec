import { expect, test } from 'vitest'
import { isConnectionFault } from './database.ts'

const withCode = (code: string, message = 'planted') => Object.assign(new Error(message), { code })

test.each(['08006', '57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])('%s is a fault of the connection: the same may be tried again', (code) => {
  expect(isConnectionFault(withCode(code))).toBe(true)
})

test.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'the database system is starting up'])('"%s" is one too', (message) => {
  expect(isConnectionFault(new Error(message))).toBe(true)
})

test.each(['23505', '40001', '42601', '57014', ''])('%s is about the work itself', (code) => {
  expect(isConnectionFault(withCode(code))).toBe(false)
})

test('what is no error is none', () => {
  for (const value of [null, undefined, 'ECONNREFUSED', { code: '08006' }]) expect(isConnectionFault(value)).toBe(false)
})
