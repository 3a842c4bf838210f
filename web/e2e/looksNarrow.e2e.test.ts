import { test } from 'vitest'
import { looksWell } from './testing/looksWell.ts'

// What it is one of: see looksWide.e2e.test.ts.
test(
  'WEB-30: no screen has a serious fault by axe or is wider than its window: 390 and 320 px, English',
  { timeout: 900_000 },
  () => looksWell({ width: 390, locale: 'en', themes: ['light'] }),
)
