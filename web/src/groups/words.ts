import i18next from 'i18next'
import en from '../i18n/en/groups.ts'
import ko from '../i18n/ko/groups.ts'

// These words come with the groups' screens: a first load does without them.
i18next.addResourceBundle('en', 'groups', en)
i18next.addResourceBundle('ko', 'groups', ko)
