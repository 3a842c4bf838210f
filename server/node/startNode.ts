import { createServer, type RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import type { Logger } from 'pino'
import { mediaGauges } from '#media/figures/mediaGauges.ts'
import type { Sfu } from '#media/sfu.ts'
import type { Places } from '#rooms/places.ts'
import { refuse } from '#schemas/refusals.ts'
import { openAccounts } from '#server/accounts/openAccounts.ts'
import { createApi } from '#server/api/createApi.ts'
import type { Settings } from '#server/config/readSettings.ts'
import { relyingPartyOf } from '#server/config/relyingParty.ts'
import { devWeb } from '#server/http/devWeb.ts'
import { errorBodyOf } from '#server/http/envelope.ts'
import { originsOf } from '#server/http/origins.ts'
import { webFiles } from '#server/http/webFiles.ts'
import { imageRoute } from '#server/images/imageRoute.ts'
import { openMailer } from '#server/mail/openMailer.ts'
import { createPostman } from '#server/mail/postman.ts'
import type { Halves } from '#server/wiring/halves.ts'
import { openNodeMedia } from '#server/wiring/openNodeMedia.ts'
import { openPersonal } from '#server/wiring/openPersonal.ts'
import { openPlaces } from '#server/wiring/openPlaces.ts'
import { listen } from './listen.ts'
import { createMetrics } from './metrics.ts'
import { readiness } from './readiness.ts'
import { openSockets } from './sockets.ts'
import { timedLedger } from './timedLedger.ts'

const web = fileURLToPath(new URL('../../web', import.meta.url))

export type Node = {
  /** Where browsers find it. */
  readonly address: string
  /** For tools that act in it as the API does. */
  readonly places: Places
  /** Drains and closes; every promise of committed data is kept even if this is cut short. */
  stop(withinMs: number): Promise<void>
}

/** Longer than a proxy keeps a connection that nobody uses (nginx: 60 s), so that it is never the node that closes one just taken again. */
const KEPT_OPEN_MS = 75_000

/**
 * One node on one port: HTTP, sockets, pages. The port is taken before the data folder is touched; until everything is
 * open it answers 503. `dead` is told when the node was marked dead and has given up its places.
 */
export async function startNode(
  settings: Settings,
  log: Logger,
  open: () => Promise<Halves>,
  dead: () => void = () => undefined,
): Promise<Node> {
  let listener: RequestListener = notReady
  const server = createServer({ keepAliveTimeout: KEPT_OPEN_MS }, (req, res) => listener(req, res))
  const port = await listen(server, settings.host, settings.port)
  const origins = originsOf({ ...settings, allowed: settings.allowedOrigins, port })
  const metrics = createMetrics()
  let halves: Halves | undefined
  let media: Sfu | undefined
  try {
    halves = await open()
    const sfu = await openNodeMedia(settings.media, log)
    media = sfu
    mediaGauges(metrics.registry, sfu.figures)
    const ports = { ...halves, ledger: timedLedger(halves.ledger, metrics.ledgerAnswered) }
    const { places, rooms, start } = openPlaces(ports, sfu, log, settings, dead)
    metrics.watch(ports.node, places, ports.readModels, ports.queues)
    let stopping = false
    // What is wrong with it was told when the settings were read.
    const party = settings.ways.passkeys && relyingPartyOf(origins.own, settings.ways.passkeys)
    const mailer = openMailer(settings, log)
    const postman = createPostman(mailer, { failed: (error) => log.error({ err: error }, 'a mail was not sent') })
    const accounts = openAccounts({
      ...{ db: ports.db, ledger: ports.ledger, postman, log },
      secret: ports.secret,
      secure: origins.own.startsWith('https:'),
      closeSockets: (session) => places.endAccountSession(session),
      tries: ports.tries,
      rateFactor: settings.rateFactor,
      ways: settings.ways,
      origin: origins.own,
      party: typeof party === 'string' ? null : party,
    })
    const personal = openPersonal(ports, accounts.part, places, log)
    const app = createApi(
      {
        ...{ accounts, personal, places, db: ports.db, archive: ports.archive, blobs: ports.blobs },
        ...{ ledger: ports.ledger, tries: ports.tries, log },
        ...{ readModels: ports.readModels, metrics: metrics.registry, seen: metrics.httpAnswered },
        ...{ clientAddressHeader: settings.clientAddressHeader, rateFactor: settings.rateFactor },
        groupsPerPerson: settings.groupsPerPerson,
        oldestClient: settings.oldestClient,
        mailFolder: origins.thisMachine ? mailer.folder : null,
        origins: () => origins,
        ready: readiness(ports.ledger, () => stopping),
      },
      (pages) => {
        const { serveBlob } = ports
        imageRoute(pages, ports.blobs)
        if (serveBlob) pages.all('/blobs/*', (c) => serveBlob(c.req.raw))
        if (!settings.dev) webFiles(pages, `${web}/dist`)
      },
    )
    const api = getRequestListener(app.fetch)
    const sockets = await openSockets(server, rooms, () => origins, ports.colyseus)
    start()
    listener = settings.dev ? await devWeb(server, web, api) : api
    const closing = halves
    return {
      address: origins.own,
      places,
      async stop(withinMs) {
        stopping = true
        await places.drain()
        await sockets.stop()
        await sfu.close()
        // Who comes back over an open connection meanwhile is told to wait, not handed to a closed database.
        listener = notReady
        server.close()
        server.closeIdleConnections()
        await personal.stop()
        await Promise.race([postman.idle(), sleep(withinMs / 4, undefined, { ref: false })])
        await mailer.close()
        await closing.close(withinMs / 2)
        server.closeAllConnections()
      },
    }
  } catch (error) {
    server.close()
    server.closeAllConnections()
    await media?.close()
    await halves?.close(0)
    throw error
  }
}

const notReady: RequestListener = (_req, res) => {
  res.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' })
  res.end(JSON.stringify(errorBodyOf(refuse('unavailable'))))
}
