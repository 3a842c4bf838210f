import i18next from 'i18next'
import en from '../i18n/en/passkeys.ts'
import ko from '../i18n/ko/passkeys.ts'

// These words come with the screens that need them: a first load does without them.
i18next.addResourceBundle('en', 'passkeys', en)
i18next.addResourceBundle('ko', 'passkeys', ko)
