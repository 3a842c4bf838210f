import en from '#web/src/i18n/en/groups.ts'
import ko from '#web/src/i18n/ko/groups.ts'
import type { House } from '../testing/House.ts'
import type { Person, PersonOptions } from '../testing/Person.ts'
import { bothOf } from '../testing/texts.ts'
import { sitsWhereItIsAsked } from './checkScenes.ts'
import { fillCircles } from './fillCircles.ts'
import { fillPlace } from './fillPlace.ts'
import { fillYear } from './fillYear.ts'
import type { Stage } from './Scene.ts'
import type { Words } from './words.ts'

/** Everybody whom the scenes need, and what they have done before. */
export async function setStage(
  house: House,
  visitor: Person,
  words: Words,
  options: PersonOptions & { width: number },
): Promise<Stage> {
  const lively = await fillPlace(house.url, words)
  const newcomer = await house.person(words.newcomer, options)
  // Behind the network that can be cut: what a lost connection looks like is one of the scenes.
  const me = await house.person(words.me, { ...options, breakable: true })
  const asked = await house.person(words.asked, options)
  const checked = await house.person(words.asked, options)
  await Promise.all([newcomer, me, asked, checked].map((person) => person.signUp()))
  const circles = await fillCircles(me, lively, words)
  await fillYear(house, me, lively)
  const g = bothOf({ ko, en })[options.locale ?? 'en']
  await sitsWhereItIsAsked(checked, words)
  const people = { visitor, newcomer, me, asked, checked }
  return { house, options, narrow: options.width < 960, words, g, ...people, lively, circles }
}
