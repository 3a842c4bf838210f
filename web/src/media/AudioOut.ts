type Wanted = {
  readonly key: string
  readonly track: MediaStreamTrack /** 1 is as it came; up to 2. */
  readonly volume: number
}
type Sound = { readonly muted: boolean; readonly speaker: string }
type Louder = { readonly source: MediaStreamAudioSourceNode; readonly gain: GainNode }
type Player = { readonly element: HTMLAudioElement; readonly track: MediaStreamTrack; louder: Louder | null }

const isBarred = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotAllowedError'

/**
 * Plays what others say, apart from any screen: moving between screens never stops it. Up to its usual volume an audio
 * element plays a track; above it a gain does, with the element silent beside it, without which Chromium gives a gain nothing.
 */
export class AudioOut {
  readonly #players = new Map<string, Player>()
  readonly #onBarred: (barred: boolean) => void
  readonly #barred = new Set<HTMLAudioElement>()
  #context: AudioContext | null = null
  #speaker = ''

  /** `onBarred`: the browser plays nothing before the page is clicked, or plays again. */
  constructor(onBarred: (barred: boolean) => void) {
    this.#onBarred = onBarred
  }

  sync(wanted: readonly Wanted[], { muted, speaker }: Sound): void {
    const keys = new Set(wanted.map(({ key }) => key))
    for (const key of this.#players.keys()) if (!keys.has(key)) this.#end(key)
    this.#speaker = speaker
    for (const { key, track, volume } of wanted) {
      const player = this.#playerOf(key, track)
      this.#setVolume(player, muted ? 0 : volume)
      this.#setSpeaker(player.element)
    }
    if (this.#context) this.#setSpeaker(this.#context)
  }

  /** After a click: what was barred plays. */
  retry(): void {
    void this.#context?.resume()
    for (const { element } of this.#players.values()) this.#play(element)
  }

  close(): void {
    for (const key of [...this.#players.keys()]) this.#end(key)
    void this.#context?.close()
    this.#context = null
  }

  #playerOf(key: string, track: MediaStreamTrack): Player {
    const known = this.#players.get(key)
    if (known?.track === track) return known
    if (known) this.#end(key)
    const element = new Audio()
    element.srcObject = new MediaStream([track])
    const player: Player = { element, track, louder: null }
    this.#players.set(key, player)
    this.#play(element)
    return player
  }

  #play(element: HTMLAudioElement): void {
    element.play().then(
      () => this.#setBarred(element, false),
      // Anything else is an element that was ended while it began.
      (error: unknown) => this.#setBarred(element, isBarred(error)),
    )
  }

  #setBarred(element: HTMLAudioElement, barred: boolean): void {
    const plays = [...this.#players.values()].some((player) => player.element === element)
    if (barred && plays) this.#barred.add(element)
    else this.#barred.delete(element)
    this.#onBarred(this.#barred.size > 0)
  }

  #setVolume(player: Player, volume: number): void {
    const { element, track } = player
    if (volume > 1 && !player.louder) {
      this.#context ??= new AudioContext()
      const source = this.#context.createMediaStreamSource(new MediaStream([track]))
      const gain = this.#context.createGain()
      source.connect(gain).connect(this.#context.destination)
      player.louder = { source, gain }
    }
    if (player.louder) player.louder.gain.gain.value = volume > 1 ? volume : 0
    element.muted = volume > 1
    element.volume = Math.min(1, volume)
  }

  #setSpeaker(out: HTMLAudioElement | AudioContext): void {
    if (!('setSinkId' in out) || !('sinkId' in out) || out.sinkId === this.#speaker)
      return // A speaker that is gone: the system's own goes on.
    ;(out.setSinkId as (id: string) => Promise<void>)(this.#speaker).catch(() => {})
  }

  #end(key: string): void {
    const player = this.#players.get(key)
    if (!player) return
    this.#players.delete(key)
    player.element.pause()
    this.#setBarred(player.element, false)
    player.element.srcObject = null
    player.louder?.source.disconnect()
    player.louder?.gain.disconnect()
  }
}
