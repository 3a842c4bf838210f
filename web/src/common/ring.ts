/** Whether a phase change rings; off unless chosen on this device. */
const KEY = 'studyhub.ring'
export const rings = (): boolean => localStorage.getItem(KEY) === 'on'
export const setRings = (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off')

let audio: AudioContext | null = null

/** Two soft tones, falling into focus and rising out of it; under a second, no file, on the system's speaker unless another is named. Silent where the browser forbids sound. */
export async function ring(into: 'focus' | 'break', speaker = ''): Promise<void> {
  try {
    audio ??= new AudioContext()
    await audio.resume()
    // Where the browser can choose a speaker at all.
    if ('setSinkId' in audio) await (audio.setSinkId as (id: string) => Promise<void>)(speaker)
    const tones = into === 'focus' ? [660, 528] : [528, 660]
    for (const [i, pitch] of tones.entries()) {
      const at = audio.currentTime + i * 0.28
      const tone = audio.createOscillator()
      const loudness = audio.createGain()
      tone.frequency.value = pitch
      loudness.gain.setValueAtTime(0, at)
      loudness.gain.linearRampToValueAtTime(0.12, at + 0.03)
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.5)
      tone.connect(loudness).connect(audio.destination)
      tone.start(at)
      tone.stop(at + 0.55)
    }
  } catch {
    // no sound device, or no gesture of the person yet
  }
}
