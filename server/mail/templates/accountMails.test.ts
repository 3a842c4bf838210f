import { expect, test } from 'vitest'
import { locales } from '#schemas/limits.ts'
import { alreadyMemberMail, passwordChangedMail, resetMail, signUpMail } from './accountMails.ts'

const to = 'mina@study.example'

test.each(locales)('MAIL-5: every mail says in %s, in text and HTML alike, what it is for', (locale) => {
  const coded = { to, locale, code: 'ABC234', minutes: 30 }
  const mails = [
    signUpMail(coded),
    resetMail(coded),
    alreadyMemberMail({ to, locale }),
    passwordChangedMail({ to, locale }),
  ]
  expect(new Set(mails.map((mail) => mail.subject)).size).toBe(4)
  for (const [i, { subject, text, html }] of mails.entries()) {
    expect(/[가-힣]/.test(subject + text)).toBe(locale === 'ko')
    expect(html).toContain(`<html lang="${locale}">`)
    for (const line of text.trim().split('\n\n')) expect(html).toContain(line)
    // Pictures and links tell the sender who reads; a code in a subject stands on locked screens.
    expect(html).not.toMatch(/<img|<a |href|src=/)
    expect(subject).not.toContain('ABC234')
    expect(/^ABC234$/m.test(text)).toBe(i < 2)
  }
})
