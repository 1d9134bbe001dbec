import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseMail } from '../../src/channels/email/mime/index.ts'
import { readEntity, type Entity } from '../../src/channels/email/mime/entity.ts'
import { textOf } from '../../src/channels/email/mime/leaves.ts'
import { filesBelow, placeOf, publicData } from './found.ts'
import { expectations } from './mail-expectations.ts'

const mails = filesBelow('mail').filter((name) => !/LICENSE|COPYING|fixtures\/attachments\//.test(name))
const read = (name: string) => readFileSync(placeOf('mail', name))

const leavesOf = (entity: Entity): Entity[] => (entity.parts.length === 0 ? [entity] : entity.parts.flatMap(leavesOf))
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

describe.skipIf(publicData === null)('the public mails', () => {
  test('are here', () => { expect(mails.length).toBeGreaterThan(60) })

  test.each(mails)('%s is read, and nothing of it is lost', async (name) => {
    const mail = await parseMail(read(name))
    const shown = letters([mail.newText, mail.quotedText ?? '', mail.signatureText ?? '', mail.html ?? ''].join('\n'))
    for (const leaf of leavesOf(readEntity(read(name)))) {
      const kept = mail.attachments.some(({ content }) => Buffer.from(content).equals(leaf.content))
      if (kept || leaf.content.length === 0) continue
      if (/^text\/(?:enriched|watch-html)$/.test(leaf.shape.type)) continue
      expect(leaf.shape.type).toMatch(/^text\/(?:plain|html)$/)
      // Of a text with a file written into it, what stands before the file.
      const said = textOf(leaf).split(/^begin \d/m)[0] ?? ''
      if (leaf.shape.type === 'text/plain') for (const line of said.split('\n').slice(0, 200)) expect(shown).toContain(letters(line))
      else expect((mail.html ?? '') + mail.newText).not.toBe('')
    }
    for (const attachment of mail.attachments) expect(attachment.name).toMatch(/^[^/\\\p{Cc}]+$/u)
  })

  test('the careful reader has read at least forty, all of them here', () => {
    expect(Object.keys(expectations).length).toBeGreaterThanOrEqual(40)
    expect(Object.keys(expectations).filter((name) => !mails.includes(name))).toEqual([])
  })

  test.each(Object.entries(expectations))('%s becomes what a careful reader expects', async (name, expected) => {
    const mail = await parseMail(read(name))
    expect({ subject: mail.subject, from: mail.from && [mail.from.address, mail.from.name], text: expected.text === '' ? mail.newText : mail.newText.slice(0, expected.text.length) })
      .toEqual({ subject: expected.subject, from: expected.from, text: expected.text })
    if (expected.files) expect(mail.attachments.map(({ name: called, type, content }) => [called, type, content.length])).toEqual(expected.files)
    if (expected.quoted) expect(mail.quotedText).toContain(expected.quoted)
    if (expected.signature) expect(mail.signatureText).toContain(expected.signature)
    if (expected.html) expect(mail.html).toContain(expected.html)
  })
})

test.runIf(publicData === null)('public data absent', () => { expect(mails).toEqual([]) })
