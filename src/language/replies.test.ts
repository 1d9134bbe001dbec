import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitReply } from './replies.ts'

const quoted = (...lines: string[]) => lines.join('\n')
const split = (text: string) => {
  const { newText, quotedText, signatureText } = splitReply(text)
  return { newText, quotedText, signatureText }
}

describe('an attribution, in the words of the program', () => {
  test.each([
    ['Gmail, English', 'On Tue, Nov 24, 2026 at 3:12 PM Lee Park <lee@example.com> wrote:'],
    ['Gmail, English, broken', 'On Tue, Nov 24, 2026 at 3:12 PM Lee Park from the Department of Long Names <\nlee.park.with.a.long.address@example.com> wrote:'],
    ['Apple Mail', 'On 24 Nov 2026, at 15:12, Lee Park <lee@example.com> wrote:'],
    ['Thunderbird', 'On 24/11/2026 15:12, Lee Park wrote:'],
    ['ours', 'Lee Park wrote on Tue, 24 Nov 2026 15:12:00 GMT:'],
    ['Spanish', 'El mar, 24 nov 2026 a las 15:12, Lee Park (<lee@example.com>) escribió:'],
    ['Spanish, Apple', 'El 24 nov 2026, a las 15:12, Lee Park <lee@example.com> escribió:'],
    ['German', 'Am Di., 24. Nov. 2026 um 15:12 Uhr schrieb Lee Park <lee@example.com>:'],
    ['German, Thunderbird', 'Am 24.11.26 um 15:12 schrieb Lee Park:'],
    ['French', 'Le mar. 24 nov. 2026 à 15:12, Lee Park <lee@example.com> a écrit :'],
    ['French, Apple', 'Le 24 nov. 2026 à 15:12, Lee Park <lee@example.com> a écrit :'],
    ['Portuguese', 'Em ter., 24 de nov. de 2026 às 15:12, Lee Park <lee@example.com> escreveu:'],
    ['Italian', 'Il giorno mar 24 nov 2026 alle ore 15:12 Lee Park <lee@example.com> ha scritto:'],
    ['Italian, Apple', 'Il 24 nov 2026, alle ore 15:12, Lee Park <lee@example.com> ha scritto:'],
    ['Dutch', 'Op di 24 nov 2026 om 15:12 schreef Lee Park <lee@example.com>:'],
    ['Polish', 'wt., 24 lis 2026 o 15:12 Lee Park <lee@example.com> napisał(a):'],
    ['Polish, Thunderbird', 'W dniu 24.11.2026 o 15:12, Lee Park pisze:'],
    ['Swedish', 'Den tis 24 nov. 2026 kl 15:12 skrev Lee Park <lee@example.com>:'],
    ['Japanese', '2026年11月24日(火) 15:12 Lee Park <lee@example.com>:'],
    ['Hindi', 'मंगल, 24 नव॰ 2026 को 3:12 pm बजे को Lee Park <lee@example.com> ने लिखा:'],
    ['Russian', 'вт, 24 нояб. 2026 г. в 15:12, Lee Park <lee@example.com>:'],
  ])('%s', (_name, attribution) => {
    for (const history of [`${attribution}\n> Is it?\n> Really?`, `${attribution}\n\n> Is it?\n>\n> Really?\n`]) {
      expect(split(`Yes, it is.\n\n${history}`)).toEqual({ newText: 'Yes, it is.', quotedText: history.trimEnd(), signatureText: null })
    }
  })

  test('without marks all below it is history', () => {
    const history = 'On Tue, 24 Nov 2026 at 15:12, Lee <lee@example.com> wrote:\n\nIs it?\n\nLee'
    expect(split(`Yes.\n\n${history}`)).toEqual({ newText: 'Yes.', quotedText: history, signatureText: null })
  })
})

describe('Outlook writes the head of what it quotes', () => {
  test.each([
    ['English', 'From: Lee Park <lee@example.com>\nSent: Tuesday, November 24, 2026 3:12 PM\nTo: Support <help@example.com>\nSubject: RE: Parcel'],
    ['English, bold', '*From:* Lee Park <lee@example.com>\n*Sent:* Tuesday, November 24, 2026 3:12 PM\n*To:* Support\n*Subject:* RE: Parcel'],
    ['German', 'Von: Lee Park <lee@example.com>\nGesendet: Dienstag, 24. November 2026 15:12\nAn: Support\nBetreff: AW: Paket'],
    ['Spanish', 'De: Lee Park <lee@example.com>\nEnviado: martes, 24 de noviembre de 2026 15:12\nPara: Soporte\nAsunto: RE: Paquete'],
    ['French', 'De : Lee Park <lee@example.com>\nEnvoyé : mardi 24 novembre 2026 15:12\nÀ : Support\nObjet : RE: Colis'],
    ['Portuguese', 'De: Lee Park <lee@example.com>\nEnviada em: terça-feira, 24 de novembro de 2026 15:12\nPara: Suporte\nAssunto: RES: Pacote'],
    ['Italian', 'Da: Lee Park <lee@example.com>\nInviato: martedì 24 novembre 2026 15:12\nA: Supporto\nOggetto: R: Pacco'],
    ['Dutch', 'Van: Lee Park <lee@example.com>\nVerzonden: dinsdag 24 november 2026 15:12\nAan: Support\nOnderwerp: RE: Pakket'],
    ['Polish', 'Od: Lee Park <lee@example.com>\nWysłano: wtorek, 24 listopada 2026 15:12\nDo: Pomoc\nTemat: Odp: Paczka'],
    ['Swedish', 'Från: Lee Park <lee@example.com>\nSkickat: den 24 november 2026 15:12\nTill: Support\nÄmne: SV: Paket'],
    ['Japanese', '差出人: Lee Park <lee@example.com>\n送信日時: 2026年11月24日 15:12\n宛先: サポート\n件名: RE: 荷物'],
  ])('%s', (_name, head) => {
    for (const history of [`${head}\n\nIs it?`, `________________________________\n${head}\n\nIs it?`, `-----Original Message-----\n${head}\n\nIs it?`]) {
      expect(split(`Yes, it is.\n\n${history}`)).toEqual({ newText: 'Yes, it is.', quotedText: history, signatureText: null })
    }
  })

  test('two lines of a letter are no head', () => {
    const letter = 'I moved:\nFrom: Cork\nTo: Galway\nand the parcel went to Cork.'
    expect(split(letter)).toEqual({ newText: letter, quotedText: null, signatureText: null })
  })
})

describe('signatures', () => {
  test.each([
    '-- \nLee Park\nExample Ltd', '--\nLee Park', 'Sent from my iPhone', 'Enviado desde mi iPhone', 'Von meinem iPhone gesendet', 'Envoyé de mon iPhone', 'Enviado do meu iPhone', 'Inviato da iPhone',
    'Verstuurd vanaf mijn iPhone', 'Wysłane z iPhone’a', 'Skickat från min iPhone', 'iPhoneから送信', 'मेरे iPhone से भेजा गया', 'Get Outlook for iOS', 'Sent from Outlook for Android<https://aka.ms/x>', 'Sent from my iPhone\n\n-- \nLee',
  ])('%j', (signature) => {
    expect(split(`Yes.\n\n${signature}`)).toEqual({ newText: 'Yes.', quotedText: null, signatureText: signature })
    const history = 'On 24/11/2026 15:12, Lee Park wrote:\n> Is it?'
    expect(split(`Yes.\n\n${signature}\n\n${history}`)).toEqual({ newText: 'Yes.', quotedText: history, signatureText: signature })
  })

  test('a mail that is nothing else says that', () => {
    expect(split('Sent from my iPhone').newText).toBe('Sent from my iPhone')
    expect(split('> only\n> quoted').newText).toBe('> only\n> quoted')
  })

  test('a sentence about a telephone is none', () => {
    expect(split('The picture was\nsent from my iPhone\nand is blurred.').signatureText).toBeNull()
  })
})

describe('where the answer stands', () => {
  const asked = quoted('On 24/11/2026 15:12, Lee wrote:', '> When?', '> Where?')
  test('below what it answers', () => {
    expect(split(`${asked}\n\nTomorrow, here.\n\n-- \nAna`)).toEqual({ newText: 'Tomorrow, here.', quotedText: asked, signatureText: '-- \nAna' })
  })

  test('between: everything up to the last word stays', () => {
    const text = 'On 24/11/2026 15:12, Lee wrote:\n> When?\nTomorrow.\n> Where?\nHere.'
    expect(split(text)).toEqual({ newText: text, quotedText: null, signatureText: null })
  })

  test('between, with the rest of the history below', () => {
    const answers = 'Hello Lee,\n\nOn 24/11/2026 15:12, Lee wrote:\n> When?\nTomorrow.\n> Where?\nHere.'
    expect(split(`${answers}\n\n> Bye\n> Lee\n>\n> > older`)).toEqual({ newText: answers, quotedText: '> Bye\n> Lee\n>\n> > older', signatureText: null })
  })

  test('above and below one quotation: it is what the answer is about', () => {
    const text = 'You wrote\n> the parcel came\nbut it did not.'
    expect(split(text).newText).toBe(text)
  })

  test('a forwarded mail is what the mail is about', () => {
    const text = 'Please look.\n\n---------- Forwarded message ---------\nFrom: Lee <lee@example.com>\nDate: Tue, 24 Nov 2026\nSubject: Parcel\nTo: Ana\n\nWhere is it?'
    expect(split(text)).toEqual({ newText: text, quotedText: null, signatureText: null })
  })

  test('a sentence that begins like an attribution stays', () => {
    expect(split('Yes.\nOn Monday I saw it.\nOn 24/11/2026 15:12, Lee wrote:\n> Is it?').newText).toBe('Yes.\nOn Monday I saw it.')
    expect(split('As you wrote on 24.11.2026:\n\nthat will not do.').newText).toContain('will not do')
  })

  test('an attribution without anything below is a sentence', () => {
    expect(split('Yes.\nAs you on 24/11/2026 15:12 wrote:').newText).toContain('wrote:')
  })
})

const line = fc.constantFrom('> quoted', '>', 'text', '', 'On 24/11/2026 15:12, Lee wrote:', '-- ', '--', 'Sent from my iPhone', 'From: a@b.c', 'Sent: today', 'To: b@b.c', 'Subject: x', '-----Original Message-----', '________________________________', '---------- Forwarded message ---------', ' ', '\u3000', '\r')

test('nothing is thrown away: the parts, joined, are the text, and every line stands in one of the three', () => {
  fc.assert(fc.property(fc.oneof(fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n')), fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
    const { parts, newText, quotedText, signatureText } = splitReply(text)
    expect(parts.map((part) => part.text).join('')).toBe(text)
    const said = (given: string) => given.split('\n').map((one) => one.trim()).filter((one) => one !== '').sort()
    expect(said([newText, quotedText ?? '', signatureText ?? ''].join('\n'))).toEqual(said(text))
    if (text.trim() !== '') expect(newText.trim()).not.toBe('')
  }), { numRuns: 3_000 })
})
