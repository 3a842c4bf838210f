import i18next from 'i18next'
import en from '../i18n/en/media.ts'
import ko from '../i18n/ko/media.ts'

// These words come with the screens that need them: a first load does without them.
i18next.addResourceBundle('en', 'media', en)
i18next.addResourceBundle('ko', 'media', ko)
