import { Client, type Room } from '@colyseus/sdk'
import { TimerGroup, type Timers } from '../timers.ts'
import { Link, type Seat, SILENT } from './link.ts'

/** The SDK's client with the room in hand while it opens, so that a late one can be closed. */
class SeatClient extends Client {
  opening: Room | undefined
  protected override createRoom<T>(name: string): Room<unknown, T> {
    const room = super.createRoom<T>(name)
    // Decided by our own loop: the SDK's goes on for minutes, and only to the same address.
    room.reconnection.enabled = false
    // Kept to be closed; of which kind it is does not matter for that.
    this.opening = room as unknown as Room
    return room
  }
}

export type Opened<Shape, State> = { readonly link: Link<Shape, State> } | { readonly failed: number }

/**
 * Takes a seat and waits for the whole first state. `token`: returns to the same seat after a drop. `failed` is the close
 * code, or 1006 when the time (milliseconds) was up. The state's form comes from the server (reflection), so that another
 * version of it can not be misread.
 */
export async function takeSeat<Shape, State>(
  origin: string,
  seat: Seat,
  token: string | null,
  limitMs: number,
  timers: Timers,
): Promise<Opened<Shape, State>> {
  const client = new SeatClient(origin.replace(/^http/, 'ws'))
  const group = new TimerGroup(timers)
  try {
    return await new Promise<Opened<Shape, State>>((resolve) => {
      const fail = (code: number) => resolve({ failed: code })
      group.after(limitMs, () => fail(SILENT))
      const reservation = { ...seat, ...(token === null ? {} : { reconnectionToken: token }) }
      // The SDK's type asks for fields of its own matchmaking; the server reads those that ours gives.
      client.consumeSeatReservation<State>(reservation as never).then(
        (room) => {
          room.onLeave(fail)
          room.onStateChange.once(() => {
            room.onLeave.remove(fail)
            resolve({ link: new Link<Shape, State>(room as Room<Shape, State>, seat, timers) })
          })
        },
        (error: { code?: number }) => fail(error.code ?? SILENT),
      )
    }).then((opened) => {
      if ('failed' in opened) abandon(client.opening)
      return opened
    })
  } finally {
    group.close()
  }
}

function abandon(room: Room | undefined): void {
  if (!room?.connection) return
  room.removeAllListeners()
  const { events } = room.connection
  events.onmessage = null
  events.onclose = null
  events.onerror = null
  room.connection.close()
}
