/** How often a level is told, times per second: as a meter needs it. */
const PER_SECOND = 20

/**
 * How loud a track is, 0 to 1, some 20 times a second while watched: for a device test and one's own speaking ring. The
 * answer ends it. Without WebAudio it tells nothing. The track is neither changed nor stopped.
 */
export function watchLevel(track: MediaStreamTrack, seen: (level: number) => void): () => void {
  if (typeof AudioContext === 'undefined') return () => {}
  const context = new AudioContext()
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  source.connect(analyser)
  // Browsers keep a context still that was made before the first click.
  void context.resume()
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    seen(loudness(samples))
  }, 1000 / PER_SECOND)
  return () => {
    clearInterval(timer)
    source.disconnect()
    void context.close()
  }
}

/** Of samples from -1 to 1: by decibels, as it is heard; -60 dB and below is 0. */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const power = sum / Math.max(1, samples.length)
  if (power === 0) return 0
  return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / 60))
}
