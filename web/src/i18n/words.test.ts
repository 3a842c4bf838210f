import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const src = new URL('..', import.meta.url)
type Words = { readonly [name: string]: string | Words }

/** Keys of a language as `file:path`, plural forms as one. */
async function keysOf(locale: 'en' | 'ko'): Promise<Set<string>> {
  const all = new Set<string>()
  const add = (words: Words, path: string) => {
    for (const [name, word] of Object.entries(words))
      if (typeof word === 'string') all.add(path + name.replace(/_(one|other)$/, ''))
      else add(word, `${path}${name}.`)
  }
  for (const file of globSync(`i18n/${locale}/*.ts`, { cwd: src })) {
    const name = file.slice(file.lastIndexOf('/') + 1, -3)
    if (name !== 'index') add(((await import(new URL(file, src).href)) as { default: Words }).default, `${name}:`)
  }
  return all
}

/**
 * Whether the screens name a key: whole, or the changing part of it by a template. A word without a dot counts where its file
 * is in use, and in files that only hold names for others to say.
 */
function namedKeys(): (key: string) => boolean {
  const whole = new Set<string>()
  const templates: RegExp[] = []
  for (const file of globSync('**/*.{ts,tsx}', { cwd: src })) {
    if (file.startsWith('i18n/') || file.includes('.test.')) continue
    const text = readFileSync(new URL(file, src), 'utf8')
    const names = [...text.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(
      ([, list = '']) => list.match(/\w+/g) ?? 'common',
    )
    for (const [, , key = ''] of text.matchAll(/(['"`])((?:\w+:)?[A-Za-z]\w*(?:\.\w+)*)\1/g)) {
      if (key.includes(':')) whole.add(key)
      else if (key.includes('.') || names.length === 0) whole.add(`*:${key}`)
      else for (const name of names) whole.add(`${name}:${key}`)
    }
    for (const [, key = ''] of text.matchAll(/`((?:\w+:)?\w+\.(?:[\w.]|\$\{[^}`]*\})*)`/g)) {
      const pattern = key
        .split(/\$\{[^}]*\}/)
        .join('\\w+')
        .replaceAll('.', '\\.')
      templates.push(new RegExp(`^${/^\w+:/.test(key) ? '' : '\\w+:'}${pattern}$`))
    }
  }
  return (key) =>
    whole.has(key) || whole.has(key.replace(/^\w+/, '*')) || templates.some((template) => template.test(key))
}

test('WEB-53: every text is there in both languages, and some screen says it', async () => {
  const [english, korean] = [await keysOf('en'), await keysOf('ko')]
  expect(english.size).toBeGreaterThan(500)
  expect([...english.symmetricDifference(korean)], 'in one language only').toEqual([])
  const isNamed = namedKeys()
  expect(
    [...english].filter((key) => !isNamed(key)),
    'said nowhere',
  ).toEqual([])
})
