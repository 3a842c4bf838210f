import type { Person } from '../testing/Person.ts'
import { fill } from '../testing/texts.ts'
import { asks } from './fillCircles.ts'
import type { Scene, Stage } from './Scene.ts'
import type { Words } from './words.ts'

/** In a room that asks two seconds after one begins to study (`checksComeSoon`). */
export async function sitsWhereItIsAsked(checked: Person, words: Words): Promise<void> {
  const attest = { on: true, minMs: 2_000, maxMs: 2_000 }
  const { roomId } = await asks<{ roomId: string }>(checked, 'POST', '/api/rooms', { name: words.quiet })
  await checked.open(`/rooms/${roomId}`)
  await checked.isIn(words.quiet)
  await asks(checked, 'PATCH', `/api/rooms/${roomId}`, { attest })
}

// A question stands for a minute.
const ROUND_MS = 90_000
const question = ({ page, t }: Person) => page.getByRole('button', { name: new RegExp(t.stage.check.here) })
const missed = ({ page, t }: Person) => page.getByText(t.stage.check.missed.split('{{')[0] ?? '')

/** Where the question stands: it is asked anew if nobody studies or it was missed. */
async function isAsked(checked: Person): Promise<void> {
  if (!(await question(checked).isVisible())) await checked.button(checked.t.room.stage.start).click()
  await question(checked).waitFor()
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

/** A minute after the question: far behind it in the list, it waits for less. */
export const missedScene: Scene = {
  name: 'room-check-missed',
  async show({ checked }) {
    if (!(await missed(checked).isVisible())) await isAsked(checked)
    await missed(checked).waitFor({ timeout: ROUND_MS })
    return checked.page
  },
}
