import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import { asks } from './fillCircles.ts'
import type { Scene, Stage } from './Scene.ts'
import type { Words } from './words.ts'

/** In a room that asks after a minute of study, which is as soon as a room may. */
export async function beginsToStudy(checked: Person, words: Words): Promise<void> {
  const attest = { on: true, minMs: 60_000, maxMs: 60_000 }
  const { roomId } = await asks<{ roomId: string }>(checked, 'POST', '/api/rooms', { name: words.quiet })
  await checked.open(`/rooms/${roomId}`)
  await checked.isIn(words.quiet)
  await asks(checked, 'PATCH', `/api/rooms/${roomId}`, { attest })
  await checked.button(checked.t.room.stage.start).click()
}

const ROUND_MS = 130_000
const question = ({ page, t }: Person) => page.getByRole('button', { name: new RegExp(t.stage.check.here) })
const missed = ({ page, t }: Person) => page.getByText(t.stage.check.missed.split('{{')[0] ?? '')

/** Where the question stands with time enough to look at it; missed before, it is asked anew. */
async function isAsked(checked: Person): Promise<void> {
  await question(checked).or(missed(checked)).first().waitFor({ timeout: ROUND_MS })
  const leftS = Number(
    /\d+/.exec(
      await question(checked)
        .innerText()
        .catch(() => ''),
    )?.[0] ?? 0,
  )
  if (leftS > 20) return
  await missed(checked).waitFor({ timeout: ROUND_MS })
  await checked.button(checked.t.room.stage.start).click()
  await question(checked).waitFor({ timeout: ROUND_MS })
}

export const checkScenes: readonly Scene[] = [
  {
    name: 'room-check',
    async show({ checked }: Stage) {
      await isAsked(checked)
      return checked.page
    },
  },
  {
    name: 'check-elsewhere',
    async show({ checked, words }) {
      await isAsked(checked)
      const lobby = await checked.anotherTab('/')
      await lobby.getByText(fill(checked.t.stage.check.elsewhere, { room: words.quiet })).waitFor()
      return lobby
    },
    after: async ({ checked }) => void (await checked.context.pages()[1]?.close()),
  },
]

export const missedScene: Scene = {
  name: 'room-check-missed',
  async show({ checked }) {
    await missed(checked).waitFor({ timeout: ROUND_MS })
    return checked.page
  },
}
