import { isRefusal } from '#schemas/refusals.ts'
import { sitsDown } from '../testing/crowd.ts'
import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import { cameraOf, control, joinsVoice, mediaWords, moves, screenOf, turnsOn, voiceBar } from '../testing/voice.ts'
import { asks } from './fillCircles.ts'
import type { Scene, Stage } from './Scene.ts'
import { within } from './within.ts'

const rooms = new WeakMap<Person, string>()
const talkers = new WeakMap<Person, Person[]>()
const wordsOf = ({ options }: Stage) => mediaWords[options.locale ?? 'en']

/** Made once. */
async function roomOf({ me, words }: Stage): Promise<string> {
  const known = rooms.get(me)
  if (known !== undefined) return known
  const facts = { name: words.voice, kind: 'staying', capacity: 20 }
  const { roomId } = await asks<{ roomId: string }>(me, 'POST', '/api/rooms', facts)
  rooms.set(me, roomId)
  await withSmallCamera(me)
  return roomId
}

async function inRoom(stage: Stage): Promise<void> {
  const { me, words } = stage
  await me.open(`/rooms/${await roomOf(stage)}`)
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

/**
 * In the voice with so many others whose cameras are on. Whoever looks at cameras costs the most: the others look at something else
 * afterwards, and `me` meanwhile.
 */
async function inVoiceWith(stage: Stage, count: number): Promise<void> {
  const { house, me, options, words } = stage
  const known = talkers.get(me) ?? []
  talkers.set(me, known)
  const w = wordsOf(stage)
  const path = `/rooms/${await roomOf(stage)}`
  if (known.length < count) await me.open('/settings')
  while (known.length < count) {
    const one = await house.person(words.people[known.length] ?? '', { locale: options.locale ?? 'en' })
    await withSmallCamera(one)
    await one.signUp(path)
    await one.isIn(words.voice)
    await joinsVoice(one, w)
    await turnsOn(one, 'camera', w)
    if (known.length === 0) await turnsOn(one, 'mic', w)
    await one.page.getByRole('link', { name: one.t.common.lobby }).first().click()
    await one.page.waitForURL((url) => url.pathname === '/')
    known.push(one)
  }
  await inVoice(stage)
  for (const { name } of known.slice(0, count)) await moves(cameraOf(me, name, w))
}
const first = ({ me }: Stage): Person => {
  const [one] = talkers.get(me) ?? []
  if (!one) throw new Error('nobody is there')
  return one
}

const listened = new WeakSet<Person>()
/** Those with cameras go; five come who only listen, and need no browser for it. */
async function listeners(stage: Stage): Promise<void> {
  const { lively, me, words } = stage
  for (const { page } of talkers.get(me) ?? []) await page.goto('about:blank')
  if (listened.has(me)) return
  listened.add(me)
  for (const name of words.people.slice(-5)) {
    const room = await sitsDown(await lively.comes(name), await roomOf(stage))
    const answer = await room.request('media.join', {})
    if (isRefusal(answer)) throw new Error(`${name} does not come into the voice: ${answer.refused}`)
  }
}

const inTalk = within(inVoice)
const inTalkWith = (count: number) => within((stage) => inVoiceWith(stage, count))

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
  // Those with other people's cameras, which cost all that comes after them: few in each of the tests' looks.
  inTalkWith(1)('voice-two', (stage) => turnsOn(stage.me, 'camera', wordsOf(stage)), { testedIn: '390-en' }),
  inTalkWith(1)(
    'voice-tile-menu',
    async (stage) => {
      const { me } = stage
      const w = wordsOf(stage)
      const { name } = first(stage)
      await cameraOf(me, name, w).hover()
      await me.page.getByRole('button', { name: fill(w.tiles.acts, { name }) }).click()
      await me.page.getByText(w.volume.label).first().waitFor()
    },
    { testedIn: '390-en' },
  ),
  inTalkWith(2)(
    'voice-screen',
    async (stage) => {
      const w = wordsOf(stage)
      const one = first(stage)
      const bar = one.page.getByRole('region', { name: stage.words.voice })
      await bar.getByRole('link').click()
      await one.isIn(stage.words.voice)
      await voiceBar(one, w).getByRole('button', { name: w.share.start, exact: true }).click()
      await one.page.getByRole('menuitem', { name: w.share.text }).click()
      await moves(screenOf(stage.me, one.name, w))
    },
    {
      testedIn: '1280-ko',
      after: async (stage) => {
        const one = first(stage)
        await control(one, wordsOf(stage).share.stop).first().click()
        await one.page.getByRole('link', { name: one.t.common.lobby }).first().click()
      },
    },
  ),
  inTalkWith(5)(
    'voice-six',
    async (stage) => {
      await turnsOn(stage.me, 'camera', wordsOf(stage))
      await turnsOn(stage.me, 'mic', wordsOf(stage))
    },
    { testedIn: '1280-ko' },
  ),
  inTalk('voice-sharing', async (stage) => {
    const { me } = stage
    const w = wordsOf(stage)
    await listeners(stage)
    if (stage.narrow)
      return control(me, `${w.share.start}: ${w.share.unable}`).or(control(me, w.share.start)).first().waitFor()
    await voiceBar(me, w).getByRole('button', { name: w.share.start, exact: true }).click()
    await me.page.getByRole('menuitem', { name: w.share.text }).click()
    await me.sees(w.share.mine)
  }),
  inTalk('voice-elsewhere', async (stage) => {
    const { me } = stage
    await listeners(stage)
    await me.page.getByRole('link', { name: me.t.common.lobby }).first().click()
    await me.page.getByRole('region', { name: stage.words.voice }).getByRole('button').first().waitFor()
  }),
  within(inRoom)('voice-rules', async (stage) => {
    const { me } = stage
    await listeners(stage)
    await me.button(me.t.room.settings).click()
    await me.page.getByRole('dialog').getByLabel(wordsOf(stage).rules.screens).scrollIntoViewIfNeeded()
  }),
]
