import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A stretch of time that is the case itself, in milliseconds: ten seconds without a network, a death at a random moment.
 * Never to wait for something: that has a name, and is waited for by it. `ops/waits.test.ts` counts who may use this.
 */
export const stretch = (ms: number): Promise<void> => sleep(ms)
