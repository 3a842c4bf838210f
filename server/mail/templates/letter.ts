import type { Locale } from '#schemas/limits.ts'
import type { Mail } from '../Mailer.ts'

export type Letter = {
  readonly locale: Locale
  readonly subject: string
  /** Shown large and on a line of its own. */
  readonly code?: string
  /** Before the code. Plain text; nothing that a user wrote belongs into a mail, or we send other people's words. */
  readonly first: readonly string[]
  /** After the code. */
  readonly after: readonly string[]
}

const signature = { ko: 'StudyHub 드림', en: 'StudyHub' }

/** The one shape of our mails: text, and the same as plain HTML without pictures, scripts or links to follow. */
export function letter(to: string, { locale, subject, code, first, after }: Letter): Mail {
  const lines = [...first, ...(code ? [code] : []), ...after, signature[locale]]
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`
  const large = code
    ? `<p style="margin:0 0 16px;font:600 28px/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:4px">${escaped(code)}</p>`
    : ''
  const html = [
    '<!doctype html>',
    `<html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="margin:0;padding:24px;background:#f6f4ef;color:#26231e;font:16px/1.6 sans-serif">',
    '<div style="max-width:480px;margin:0 auto;padding:24px;background:#fff;border-radius:12px">',
    ...first.map(paragraph),
    large,
    ...after.map(paragraph),
    `<p style="margin:0;color:#6b655b">${signature[locale]}</p>`,
    '</div></body></html>',
  ]
  return { to, subject, text: `${lines.join('\n\n')}\n`, html: html.filter(Boolean).join('\n') }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => entities[c] ?? c)
