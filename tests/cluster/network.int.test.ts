import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { stretch } from '#client/testing/stretch.ts'
import '../harness/quietSdk.ts'
import { Resident } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import { Cluster, type ClusterNode, whenOpen } from './testing/cluster.ts'
import { OwnNetwork } from './testing/ownNetwork.ts'
import { quantile, spread, Talk } from './testing/talk.ts'

/** Long form: `DROPS=20`. */
const DROPS = Number(process.env['DROPS'] ?? 3)
const DROP_MS = 2_000

let cluster: Cluster
let nodes: ClusterNode[]
let talk: Talk | undefined
let networks: OwnNetwork[] = []
beforeAll(async () => {
  cluster = await Cluster.open()
  const started = Promise.all([cluster.startNode(), cluster.startNode()])
  ;[nodes] = await Promise.all([started, cluster.startWorker()])
  await whenOpen(nodes[0] as ClusterNode)
})
afterEach(async () => {
  await talk?.close()
  await Promise.all(networks.map((it) => it.close()))
  talk = undefined
  networks = []
})
afterAll(() => cluster.close())

/** Somebody with a network of his own, who asks the nodes in turn. */
async function comes(n: number): Promise<Resident> {
  const network = await OwnNetwork.to(nodes)
  networks[n] = network
  return Resident.signUp(network.originOf(nodes[n % nodes.length] as ClusterNode), {}, network.fetch)
}

test(
  `NODE-29 (I3): each of four is without a network for 2 s, ${DROPS} times, under load: all is delivered, once, in order`,
  async () => {
    talk = await Talk.open('', { people: 4, everyMs: 80, comes })
    const { people, random } = talk
    let noticed = 0
    await Promise.all(
      people.map(async (it, n) => {
        for (let i = 0; i < DROPS; i++) {
          await stretch(300 + random() * 1200) // the random moment
          // A cable that is pulled says nothing; a network that changes resets what was open.
          const how = random() < 0.5 ? 'cut' : 'stall'
          networks[n]?.break(how)
          await stretch(DROP_MS)
          const view = it.hub.place.get()
          if (view.status === 'in' && view.connection !== 'live') noticed++
          networks[n]?.heal()
          await it.live(30_000)
        }
      }),
    )
    const history = await talk.end(cluster)
    console.log(`drops: ${history.length} messages, ${noticed} of ${DROPS * people.length} noticed; seed ${talk.seed}`)
  },
  120_000 + DROPS * 10_000,
)

test('NODE-29 (I10): a reader of 1 KB/s and a half-open connection are cut, and the others notice nothing; when healed both have it all', async () => {
  talk = await Talk.open('', { people: 6, everyMs: 100, more: 500, comes })
  const { people, owner } = talk
  const [slow, gone] = people.slice(-2) as [Resident, Resident]
  for (const chatter of talk.chatters.slice(-2)) chatter.stop()
  const quiet = talk.delays()
  await talk.goesOn(200)
  const before = quiet.stop()

  const during = talk.delays()
  const at = performance.now()
  networks.at(-2)?.slowDown(1024)
  networks.at(-1)?.break('stall')
  const cut = async (it: Resident) => {
    const connected = () => owner.room.state.members.get(it.userId)?.connected
    await until(owner.room.changes, () => connected() !== true, `${it.name} cut`, 60_000)
    return Math.round(performance.now() - at)
  }
  const [slowAfter, goneAfter] = await Promise.all([cut(slow), cut(gone)])
  const under = during.stop()
  console.log(`slow reader cut after ${slowAfter} ms, half-open after ${goneAfter} ms`)
  console.log(`delivery to the others before: ${spread(before)}; meanwhile: ${spread(under)}`)
  // 15 s is the goal, and 1.2 times; the rest is room for a machine that does other things beside.
  expect(Math.max(slowAfter, goneAfter)).toBeLessThan(20_000)
  expect(quantile(under, 0.99)).toBeLessThan(Math.max(500, 5 * quantile(before, 0.99)))
  for (const network of networks.slice(-2)) network.heal()
  await talk.end(cluster)
})
