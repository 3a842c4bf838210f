import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sourceFiles } from './sourceFiles.ts'

/** Whatever lets time pass in a test; `stretch` and `askUntil` are those of `client/testing`. */
const WAITS =
  /(?<!select )\b(?:setTimeout|setInterval|waitForTimeout|sleep|delay|stretch)\(|\bsetTimeout as |Atomics\.wait\(/g

/** Who may, how many times, and why; whoever else waits has to name what he waits for. */
const allowed: Readonly<Record<string, { readonly times: number; readonly why: string }>> = {
  'client/testing/askUntil.ts': { times: 2, why: 'asks for a named answer again and again' },
  'client/testing/stretch.ts': { times: 2, why: 'the stretch of time itself' },
  'client/testing/tcpProxy.ts': { times: 1, why: 'the pace of a slow network' },
  'client/testing/until.ts': { times: 1, why: 'the limit after which it fails' },
  'media/testing/testPeer.ts': { times: 1, why: 'the pace of somebody who speaks' },
  'tests/harness/until.ts': { times: 1, why: 'the limit after which it fails' },
  'tests/harness/chatter.ts': { times: 1, why: 'the pace at which somebody talks' },
  'tests/cluster/testing/cluster.ts': {
    times: 2,
    why: 'the pace of a fault: as fast as it goes would starve all others',
  },
  'tests/cluster/stalledEnters.contract.ts': {
    times: 1,
    why: 'half a second in which a node stands still is the case',
  },
  'tests/cluster/network.int.test.ts': { times: 2, why: 'networks break at random moments and for 2 s' },
  'tests/cluster/nodeFaults.int.test.ts': {
    times: 2,
    why: 'deaths come at random moments; a node stands still for 20 s',
  },
  'tests/kill.e2e.test.ts': { times: 2, why: 'deaths come at random moments; study takes a while' },
  'web/e2e/drops.e2e.test.ts': { times: 1, why: 'ten seconds without a network are the case' },
  'web/e2e/typing.e2e.test.ts': { times: 1, why: 'the task after a painted frame' },
  'web/e2e/testing/rtcStats.ts': { times: 2, why: 'that nothing flows any more shows only over time' },
  'persistence/testing/faultProxy.ts': { times: 1, why: 'a slow line' },
  'persistence/eventLog/kafka/testing/traffic.ts': {
    times: 1,
    why: 'the pace of a fault: as fast as it goes would starve the brokers',
  },
  'persistence/worker/testing/crashingWorker.ts': { times: 1, why: 'the moment of a death' },
  'persistence/sqlite/testing/counterProcedures.ts': { times: 1, why: 'a thread that stands still' },
  'server/testing/stuckNode.ts': { times: 1, why: 'a process that does not end by itself' },
  'server/groups/testing/removeUntilKilled.ts': { times: 1, why: 'a process that does not end by itself' },
  'persistence/sqlite/testing/holdFolder.ts': { times: 1, why: 'a process that does not end by itself' },
}

test('tests wait for a named thing, never for time', async () => {
  const files = sourceFiles('**/*.{ts,tsx,mjs}').filter((file) =>
    /\.(test|contract)\.tsx?$|^tests\/|testing\/|^web\/e2e\//.test(file),
  )
  expect(files.length).toBeGreaterThan(100)
  const found: Record<string, number> = {}
  for (const file of files) {
    if (file === 'ops/waits.test.ts') continue
    const times = (await readFile(new URL(`../${file}`, import.meta.url), 'utf8')).match(WAITS)?.length ?? 0
    if (times > 0) found[file] = times
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(allowed).map(([file, { times }]) => [file, times])))
})
