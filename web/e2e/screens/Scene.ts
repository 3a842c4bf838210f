import type { Page } from 'playwright-core'
import type groups from '#web/src/i18n/en/groups.ts'
import type { House } from '../testing/House.ts'
import type { Person, PersonOptions } from '../testing/Person.ts'
import type { Circles } from './fillCircles.ts'
import type { Lively } from './fillPlace.ts'
import type { Words } from './words.ts'

export type Stage = {
  readonly house: House
  /** How everybody's browser is: for people whom only one scene needs. */
  readonly options: PersonOptions
  readonly narrow: boolean
  readonly words: Words
  /** The groups' words of the screen; they load with its screens. */
  readonly g: typeof groups
  /** Not signed in. */
  readonly visitor: Person
  /** Signed in, and knows nobody yet. */
  readonly newcomer: Person
  /** Signed in, with friends, groups and a year of study. */
  readonly me: Person
  /** Signed in; meets `me`. */
  readonly asked: Person
  /** Sits in a room that asks whoever studies whether he is here. */
  readonly checked: Person
  readonly lively: Lively
  readonly circles: Circles
}

/** Width and language of those that the tests look at: one file `looks….e2e.test.ts` each. */
export type TestedLook = '1280-ko' | '390-en' | '390-ko'

/** A screen, dialog or state that is to be looked at. */
export type Scene = {
  readonly name: string
  /** Leads there from anywhere, and resolves when what belongs there is to be seen; answers the page if it is not `me`'s. */
  readonly show: (stage: Stage) => Promise<Page | undefined>
  /** Longer than the window: the picture is as tall as the page. */
  readonly tall?: true
  /** Only on a wide or only on a narrow window. */
  readonly only?: 'wide' | 'narrow'
  /** It needs browsers full of cameras: tests look at it in this one look; `npm run screens` takes it in all. */
  readonly testedIn?: TestedLook
  /** What it leaves behind would disturb the next. */
  readonly after?: (stage: Stage) => Promise<unknown>
}
