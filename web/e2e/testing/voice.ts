import type { Locator } from 'playwright-core'
import en from '#web/src/i18n/en/media.ts'
import ko from '#web/src/i18n/ko/media.ts'
import type { Person } from './Person.ts'
import { bothOf, fill } from './texts.ts'

export const mediaWords = bothOf({ ko, en })
const t = mediaWords.en

/** Into the voice of the room one sits in: the first time by the dialog of devices. */
export async function joinsVoice(person: Person, words = t): Promise<void> {
  const bar = voiceBar(person, words)
  await bar.getByRole('button', { name: words.voice.join, exact: true }).click()
  const dialog = person.page.getByRole('dialog', { name: words.devices.title })
  const leave = bar.getByRole('button', { name: words.voice.leave })
  await leave.or(dialog).first().waitFor()
  if (await dialog.isVisible()) {
    await dialog.getByRole('button', { name: words.devices.joinListening }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await leave.waitFor()
}

export const voiceBar = (person: Person, words = t): Locator =>
  person.page.getByRole('region', { name: words.voice.title, exact: true })

/** A control of the bar, by its name; pressed or not. */
export const control = (person: Person, name: string): Locator =>
  person.page.getByRole('main').getByRole('button', { name, exact: true })

export async function turnsOn(person: Person, what: 'mic' | 'camera', words = t): Promise<void> {
  await control(person, words[what].on).click()
  await control(person, words[what].off).waitFor()
}

/** The video of somebody's camera, in this person's room. */
export const cameraOf = (person: Person, name: string, words = t): Locator =>
  person.page.locator(`video[aria-label="${fill(words.tiles.of, { name })}"]`)
export const screenOf = (person: Person, name: string, words = t): Locator =>
  person.page.locator(`video[aria-label="${fill(words.tiles.screenOf, { name })}"]`)

/** Resolves when the picture moves: its size is known and its time goes on. */
export async function moves(video: Locator): Promise<void> {
  await video.waitFor()
  await video.evaluate(
    (element: HTMLVideoElement) =>
      new Promise<void>((resolve) => {
        let first = -1
        const look = () => {
          const { videoWidth, currentTime } = element
          if (videoWidth > 0 && first < 0) first = currentTime
          if (first >= 0 && currentTime > first) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}
