import { expect, test } from 'vitest'
import { hasInlinePictures } from './pictures.ts'

test('a picture in the mail is known by the address that cleaning gave it; one from elsewhere is none', () => {
  expect(hasInlinePictures('<p>see</p><img alt="a" src="/api/v1/cases/12017/messages/01a20e97-241a/inline/pic1" />')).toBe(true)
  expect(hasInlinePictures('<img width="100" data-remote-src="https://tracker.example/p.png" alt="logo" />')).toBe(false)
  expect(hasInlinePictures('<p>src="/api/v1/cases/1/messages/2/inline/3"</p>')).toBe(false)
})
