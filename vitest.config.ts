import { configDefaults, defineConfig } from 'vitest/config'
import LooksFirst from './ops/looksFirst.ts'

const exclude = [...configDefaults.exclude, '**/dist/**', '.ci/**', 'data/**']

export default defineConfig({
  test: {
    passWithNoTests: true,
    sequence: { sequencer: LooksFirst },
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', './ops/failuresLast.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.test.ts', '**/*.e2e.test.ts', '**/*.media.test.ts'],
          // Some files wait, for a disk or a socket: one worker more than the cores of a small machine.
          maxWorkers: 3,
          // Most of a file's time would go into loading the same modules again. What a test changes of the process it puts back.
          isolate: false,
          // What is waited for is named; on a busy machine it comes late.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        // The distributed halves of the ports against real servers, which `ops/servers` starts.
        extends: true,
        test: {
          name: 'servers',
          include: ['**/*.int.test.ts'],
          exclude: [...exclude, 'web/**'],
          // Nodes of a cluster have media, too.
          globalSetup: ['media/worker/testing/mediaSetup.ts', 'ops/servers/testSetup.ts'],
          // A server that is not on the machine yet is installed or built first.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Most of the time is spent waiting: for a server that starts, a session that ends, a node that is found dead.
          maxWorkers: 2,
        },
      },
      {
        // Starts StudyHub's own processes.
        extends: true,
        test: {
          name: 'process',
          include: ['**/*.e2e.test.ts'],
          exclude: [...exclude, 'web/**'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        // On a real mediasoup-worker, which the setup gets or builds on a machine that has none: minutes, once.
        extends: true,
        test: {
          name: 'media',
          include: ['**/*.media.test.ts'],
          exclude: [...exclude, 'web/**'],
          globalSetup: ['media/worker/testing/mediaSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['web/e2e/**/*.e2e.test.ts'],
          exclude,
          // People talk there too.
          globalSetup: ['media/worker/testing/mediaSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has a server and a browser of its own; most of the time one of two waits for something.
          maxWorkers: 2,
        },
      },
    ],
  },
})
