import { test } from 'vitest'
import { looksWell } from './testing/looksWell.ts'

// Wide and narrow are built differently, so each is looked through; themes differ by their colours and languages by their lengths
// only: both themes are looked at once, here, and both languages where there is the least room. Each look is a file: they take the
// longest, and two go on at the same time.
test(
  'WEB-30: no screen has a serious fault by axe in either theme or is wider than its window: 1280 px, Korean',
  { timeout: 900_000 },
  () => looksWell({ width: 1280, locale: 'ko' }),
)
