import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import { cameraOf, control, joinsVoice, mediaWords, moves, screenOf, turnsOn, voiceBar } from '../testing/voice.ts'
import { asks } from './fillCircles.ts'
import type { Scene, Stage } from './Scene.ts'
import { within } from './within.ts'

const rooms = new WeakMap<Person, string>()
const talkers = new WeakMap<Person, Person[]>()
const wordsOf = ({ options }: Stage) => mediaWords[options.locale ?? 'en']

async function inRoom(stage: Stage): Promise<void> {
  const { me, words } = stage
  const known = rooms.get(me)
  const facts = { name: words.voice, kind: 'staying', capacity: 8 }
  const roomId = known ?? (await asks<{ roomId: string }>(me, 'POST', '/api/rooms', facts)).roomId
  rooms.set(me, roomId)
  if (known === undefined) await withSmallCamera(me)
  await me.open(`/rooms/${roomId}`)
  await me.isIn(words.voice)
}

async function inVoice(stage: Stage): Promise<void> {
  await inRoom(stage)
  await joinsVoice(stage.me, wordsOf(stage))
}

/** A camera that costs next to nothing: pictures need many of them. */
const withSmallCamera = ({ page }: Person) =>
  page.addInitScript(() => {
    const mediaDevices: MediaDevices | undefined = navigator.mediaDevices
    // An empty page has none.
    if (!mediaDevices) return
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = (asked) =>
      open(asked?.video ? { ...asked, video: { width: 160, height: 90, frameRate: 5 } } : asked)
  })

/** So many others in the voice, with their cameras on. They look at something else meanwhile: who looks on costs the most. */
async function others(stage: Stage, count: number): Promise<readonly Person[]> {
  const { house, me, options, words } = stage
  const known = talkers.get(me) ?? []
  talkers.set(me, known)
  const w = wordsOf(stage)
  const path = `/rooms/${rooms.get(me)}`
  const comes = async (i: number) => {
    const one = await house.person(words.people[i] ?? '', { locale: options.locale ?? 'en' })
    await withSmallCamera(one)
    await one.signUp()
    await one.open(path)
    await one.isIn(words.voice)
    await joinsVoice(one, w)
    await turnsOn(one, 'camera', w)
    if (i === 0) await turnsOn(one, 'mic', w)
    await one.page.getByRole('link', { name: one.t.common.lobby }).first().click()
    await one.page.waitForURL((url) => url.pathname === '/')
    known[i] = one
  }
  const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !known[i])
  for (const i of missing) await comes(i)
  for (const { name } of known.slice(0, count)) await moves(cameraOf(me, name, w))
  return known
}

const inTalk = within(inVoice)

export const mediaScenes: readonly Scene[] = [
  within(inRoom)('voice-devices', async (stage) => {
    const { me } = stage
    const w = wordsOf(stage)
    await voiceBar(me, w).getByRole('button', { name: w.voice.join, exact: true }).click()
    await me.page.getByRole('dialog').getByText(w.devices.quiet).waitFor()
  }),
  within(inRoom)('voice-denied', async (stage) => {
    const { me } = stage
    const w = wordsOf(stage)
    await me.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
    await voiceBar(me, w).getByRole('button', { name: w.voice.join, exact: true }).click()
    const dialog = me.page.getByRole('dialog')
    await dialog.getByRole('button', { name: w.devices.preview }).click()
    await dialog.getByText(w.failure.camera.denied).waitFor()
  }),
  inTalk('voice-one', async (stage) => {
    const { me } = stage
    await turnsOn(me, 'camera', wordsOf(stage))
    await moves(cameraOf(me, me.name, wordsOf(stage)))
  }),
  inTalk('voice-two', async (stage) => {
    await turnsOn(stage.me, 'camera', wordsOf(stage))
    await others(stage, 1)
  }),
  inTalk('voice-tile-menu', async (stage) => {
    const { me } = stage
    const w = wordsOf(stage)
    const [one] = await others(stage, 1)
    await cameraOf(me, one?.name ?? '', w).hover()
    await me.page.getByRole('button', { name: fill(w.tiles.acts, { name: one?.name ?? '' }) }).click()
    await me.page.getByText(w.volume.label).first().waitFor()
  }),
  inTalk(
    'voice-screen',
    async (stage) => {
      const w = wordsOf(stage)
      const [one] = await others(stage, 2)
      if (!one) throw new Error('nobody is there')
      const bar = one.page.getByRole('region', { name: stage.words.voice })
      await bar.getByRole('link').click()
      await one.isIn(stage.words.voice)
      await voiceBar(one, w).getByRole('button', { name: w.share.start, exact: true }).click()
      await one.page.getByRole('menuitem', { name: w.share.text }).click()
      await moves(screenOf(stage.me, one.name, w))
    },
    {
      after: async (stage) => {
        const [one] = talkers.get(stage.me) ?? []
        if (!one) return
        await control(one, wordsOf(stage).share.stop).first().click()
        await one.page.getByRole('link', { name: one.t.common.lobby }).first().click()
      },
    },
  ),
  // Late: five cameras cost all that comes after them.
  inTalk(
    'voice-six',
    async (stage) => {
      await turnsOn(stage.me, 'camera', wordsOf(stage))
      await turnsOn(stage.me, 'mic', wordsOf(stage))
      await others(stage, 5)
    },
    { only: 'wide' },
  ),
  inTalk('voice-sharing', async (stage) => {
    const { me } = stage
    const w = wordsOf(stage)
    if (stage.narrow)
      return control(me, `${w.share.start}: ${w.share.unable}`).or(control(me, w.share.start)).first().waitFor()
    await voiceBar(me, w).getByRole('button', { name: w.share.start, exact: true }).click()
    await me.page.getByRole('menuitem', { name: w.share.text }).click()
    await me.sees(w.share.mine)
  }),
  inTalk(
    'voice-elsewhere',
    async (stage) => {
      const { me } = stage
      await me.page.getByRole('link', { name: me.t.common.lobby }).first().click()
      await me.page.getByRole('region', { name: stage.words.voice }).getByRole('button').first().waitFor()
    },
    {
      after: async (stage) => {
        for (const one of talkers.get(stage.me) ?? []) await one.page.goto('about:blank')
      },
    },
  ),
  within(inRoom)('voice-rules', async (stage) => {
    const { me } = stage
    await me.button(me.t.room.settings).click()
    await me.page.getByRole('dialog').getByLabel(wordsOf(stage).rules.screens).scrollIntoViewIfNeeded()
  }),
]
