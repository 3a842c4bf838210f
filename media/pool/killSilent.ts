import type { Worker } from 'mediasoup/types'

/**
 * Asks the worker again and again whether it is there, until it closes. One that does not answer within `silenceMs` is killed,
 * so that it counts as dead: mediasoup itself waits for answers forever.
 */
export function killSilent(worker: Worker, silenceMs: number, told: (pid: number) => void): void {
  let answered = true
  const timer = setInterval(() => {
    if (!answered) {
      clearInterval(timer)
      told(worker.pid)
      kill(worker.pid)
      return
    }
    answered = false
    worker.getResourceUsage().then(
      () => {
        answered = true
      },
      () => {},
    )
  }, silenceMs)
  timer.unref()
  worker.observer.once('close', () => clearInterval(timer))
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended just now.
  }
}
