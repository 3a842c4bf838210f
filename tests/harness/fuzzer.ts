import type { TcpProxy } from '#client/testing/tcpProxy.ts'
import type { StudyHandle } from '#client/types.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { Random } from './random.ts'
import type { Resident } from './resident.ts'

export type Player = { readonly resident: Resident; readonly network: TcpProxy }

/** Random doings of several people in one room, over networks that break. Never waits for an answer: answers are checked as they come. */
export class Fuzzer {
  readonly #random: Random
  readonly #players: readonly Player[]
  readonly #roomId: string
  readonly faults: string[] = []
  /** First words of every message, each said once however often it was sent. */
  readonly said: string[] = []
  readonly #pending = new Set<Promise<unknown>>()
  readonly #numbers = new Map<string, number>()
  readonly #unsure = new Set<string>()
  /** Networks that are broken, for how many steps more. */
  readonly #broken = new Map<TcpProxy, number>()
  #doubles = 0

  constructor(random: Random, players: readonly Player[], roomId: string) {
    this.#random = random
    this.#players = players
    this.#roomId = roomId
  }

  /** One random step, as a word for the trace. */
  step(): string {
    for (const [network, left] of this.#broken) this.#broken.set(network, left - 1)
    for (const [network, left] of this.#broken) if (left <= 0) this.#heal(network)
    const player = this.#random.pick(this.#players)
    const roll = this.#random()
    const { name } = player.resident
    if (roll < 0.04) return this.#network(player)
    if (roll < 0.07) {
      this.#later(player.resident.hub.enter(this.#roomId))
      this.#later(this.#takeOver(player))
      return `${name} takes over`
    }
    const view = player.resident.hub.place.get()
    if (view.status !== 'in') return `${name} is ${view.status}`
    return `${name} ${this.#act(view.room)}`
  }

  /** Heals all networks, brings everybody back in, and waits for all that is under way. */
  async settle(): Promise<void> {
    for (const { network } of this.#players) this.#heal(network)
    while (this.#pending.size > 0) await Promise.all(this.#pending)
    for (const { resident } of this.#players) {
      await this.#back(resident)
      await resident.live()
    }
  }

  /** From now on nobody stays away: that he was taken over may be told late, after a stalled network. Returns how to stop. */
  keepIn(): () => void {
    const stops = this.#players.map(({ resident }) => {
      const { place } = resident.hub
      return place.subscribe(() => void (place.get().status === 'elsewhere' && this.#back(resident)))
    })
    return () => {
      for (const stop of stops) stop()
    }
  }

  async #back({ hub }: Resident): Promise<void> {
    const { status } = hub.place.get()
    if (status === 'elsewhere') await hub.continueHere()
    else if (status !== 'in' && status !== 'entering') await hub.enter(this.#roomId)
  }

  #later(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => void this.faults.push(String(error)))
      .finally(() => this.#pending.delete(watched))
    this.#pending.add(watched)
  }

  #network({ network, resident }: Player): string {
    const [what, steps] = [this.#random.pick(['cut', 'stall'] as const), 1 + this.#random.below(40)]
    network[what]()
    this.#broken.set(network, steps)
    return `${resident.name} ${what} for ${steps} steps`
  }
  #heal(network: TcpProxy): void {
    this.#broken.delete(network)
    network.heal()
  }

  /** Another device sits down in his place; then he takes it back. */
  async #takeOver({ resident }: Player): Promise<void> {
    const other = resident.second('device')
    await other.enter(this.#roomId)
    await other.close()
    if (resident.hub.place.get().status === 'elsewhere') await resident.hub.continueHere()
  }

  #ask(room: StudyHandle, ...[type, payload]: Parameters<StudyHandle['request']>): string {
    const answer = room.request(type, payload).then((it: unknown) => {
      if (isRefusal(it) && it.refused === 'fault') this.faults.push(`${type}: fault`)
    })
    this.#later(answer)
    return `${type} ${JSON.stringify(payload)}`
  }

  /** The same number of the same outbox, again and again, from whomever it is: one answer for ever. */
  #double(room: StudyHandle): string {
    const old = this.#doubles > 0 && this.#random() < 0.7
    const id = old ? 1 + this.#random.below(this.#doubles) : ++this.#doubles
    const key = `double${id}x${room.me}`
    if (!this.said.includes(key)) {
      this.said.push(key)
      this.#unsure.add(key)
    }
    const send = () => room.request('chat.send', { outbox: key.slice(0, 60), n: 1, text: `${key} `, mentions: [] })
    for (const sent of [send(), send()]) this.#later(sent.then((it) => this.#sent(key, it)))
    return `sends ${key}`
  }
  #sent(key: string, answer: { number: number } | Refusal): void {
    if (isRefusal(answer)) {
      if (answer.refused === 'fault') this.faults.push('chat.send: fault')
      return
    }
    this.#unsure.delete(key)
    const first = this.#numbers.get(key)
    if (first === undefined) this.#numbers.set(key, answer.number)
    else if (first !== answer.number) this.faults.push(`${key} was ${first}, then ${answer.number}`)
  }

  /** Said, but no answer told that it was taken. */
  get unsure(): ReadonlySet<string> {
    return this.#unsure
  }

  #act(room: StudyHandle): string {
    const random = this.#random
    const number = Math.max(1, room.state.chatHead - random.below(120))
    const userId = random.pick(this.#players).resident.userId
    const on = random() < 0.6
    switch (random.below(18)) {
      case 0:
        return this.#ask(room, 'chat.edit', { number, text: `edited ${random.below(1e6)}` })
      case 1:
        return this.#ask(room, 'chat.delete', { number })
      case 2:
        return this.#ask(room, 'chat.react', { number, emoji: random.pick(['👍', '🎉', '❤️']), on })
      case 3:
        return this.#ask(room, 'chat.pin', { number, on })
      case 4:
        return this.#ask(room, 'hand.raise', { topic: `t${random.below(9)}` })
      case 5:
        return this.#ask(room, 'hand.lower', on ? {} : { userId })
      case 6:
        return this.#ask(room, random.pick(['timer.start', 'timer.pause', 'timer.resume', 'timer.stop'] as const), {})
      case 7:
        return this.#ask(room, 'timer.skip', { index: random.below(3) })
      case 8:
        return this.#ask(room, on ? 'study.start' : 'study.stop', {})
      case 9:
        return this.#ask(room, 'member.setStatus', { status: on ? 'here' : 'away' })
      case 10:
        return this.#ask(room, 'room.change', { notice: `notice ${random.below(1e6)}`, capacity: 2 + random.below(9) })
      case 11:
        return this.#ask(room, random.pick(['screen.claim', 'screen.release', 'screen.takeOver'] as const), {})
      case 12:
        return this.#ask(room, random() < 0.5 ? 'room.delegate' : 'screen.handOver', { userId })
      case 13:
        room.chat.markRead(number)
        return `reads ${number}`
      case 14:
        room.chat.typing(on)
        return 'types'
      case 15:
        return this.#double(room)
      default: {
        const word = `w${this.said.length}x${random.below(1e9).toString(36)}`
        this.said.push(word)
        room.chat.send(`${word} hello`)
        return `says ${word}`
      }
    }
  }
}
