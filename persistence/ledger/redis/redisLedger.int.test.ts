import { startServer } from '../../../ops/servers/startServer.ts'
import { ledgerContract } from '../ledger.contract.ts'
import { openRedisLedger } from './openRedisLedger.ts'

for (const [kind, ...options] of [['one server'], ['three masters of a cluster', '--cluster']] as const)
  ledgerContract(`Redis, ${kind}`, async () => {
    const server = await startServer('redis', '--aof', 'always', ...options)
    const { REDIS_URL: url = '', REDIS_CLUSTER: cluster } = server.settings
    const connect = () =>
      openRedisLedger({ url, ...(cluster && { cluster }) }, { generations: { waitMs: 0, opensAlone: true } })
    let ledger = connect()
    return {
      ledger,
      async reopen() {
        await server.kill()
        await ledger.close()
        await server.start()
        ledger = connect()
        return ledger
      },
      async close() {
        await ledger.close()
        await server.stop()
      },
    }
  })
