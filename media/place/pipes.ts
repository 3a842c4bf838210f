import type { PipeTransport, Producer } from 'mediasoup/types'
import type { PlaceRouter } from './placeRouter.ts'

type Link = { readonly out: PipeTransport; readonly into: PipeTransport }

const local = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' } } as const
/** Its worker may die at any moment; who cares is told by `workerclose`. */
const letBe = () => {}

/**
 * Brings producers of one router to other routers of the place. Written here instead of mediasoup's own `pipeToRouter`, because
 * that lets rejections go that nobody catches (a worker killed while somebody mutes) and keeps a failed link forever.
 */
export class Pipes {
  readonly #from: PlaceRouter
  readonly #links = new Map<PlaceRouter, Promise<Link>>()
  readonly #piped = new Map<string, Promise<Producer>>()

  constructor(from: PlaceRouter) {
    this.#from = from
  }

  /** Makes `producer`, which is of this router, known to `to` by the same id. Rejects as mediasoup does. */
  to(to: PlaceRouter, producer: Producer): Promise<Producer> {
    const key = `${to.router.id} ${producer.id}`
    const known = this.#piped.get(key)
    if (known) return known
    const piping = this.#pipe(to, producer)
    this.#piped.set(key, piping)
    const forget = () => this.#piped.delete(key)
    piping.then((piped) => (piped.closed ? forget() : piped.observer.once('close', forget)), forget)
    return piping
  }

  async #pipe(to: PlaceRouter, producer: Producer): Promise<Producer> {
    const { out, into } = await this.#link(to)
    const consumer = await out.consume({ producerId: producer.id })
    const { kind, rtpParameters, producerPaused } = consumer
    const piped = await into
      .produce({ id: producer.id, kind, rtpParameters, paused: producerPaused, appData: producer.appData })
      .catch((error) => {
        consumer.close()
        throw error
      })
    consumer.observer.once('close', () => piped.close())
    piped.observer.once('close', () => consumer.close())
    consumer.on('producerpause', () => void piped.pause().catch(letBe))
    consumer.on('producerresume', () => void piped.resume().catch(letBe))
    if (consumer.closed) piped.close()
    else if (consumer.producerPaused !== piped.paused) await (consumer.producerPaused ? piped.pause() : piped.resume())
    return piped
  }

  #link(to: PlaceRouter): Promise<Link> {
    const known = this.#links.get(to)
    if (known) return known
    const linking = this.#connect(to)
    this.#links.set(to, linking)
    linking.then(
      ({ into }) => into.observer.once('close', () => this.#links.delete(to)),
      () => this.#links.delete(to),
    )
    return linking
  }

  async #connect(to: PlaceRouter): Promise<Link> {
    const made: PipeTransport[] = []
    const create = async ({ router }: PlaceRouter) => {
      const transport = await router.createPipeTransport({ ...local, enableSctp: false, enableRtx: false })
      made.push(transport)
      return transport
    }
    try {
      const [out, into] = await Promise.all([create(this.#from), create(to)])
      const at = ({ tuple }: PipeTransport) => ({ ip: tuple.localAddress, port: tuple.localPort })
      await Promise.all([out.connect(at(into)), into.connect(at(out))])
      out.observer.once('close', () => into.close())
      into.observer.once('close', () => out.close())
      return { out, into }
    } catch (error) {
      for (const transport of made) transport.close()
      throw error
    }
  }
}
