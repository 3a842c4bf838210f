import type { InboxMessage } from '#schemas/messages/inbox.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { createApi } from './api.ts'
import { LobbyKeeper } from './lobby/lobbyKeeper.ts'
import { type HubOptions, setUp } from './options.ts'
import { PlaceKeeper } from './place/placeKeeper.ts'
import { Session } from './session.ts'
import { createStore } from './store.ts'
import type { Api, StudyHub, UserLink } from './types.ts'

/** The client core. Asks at once who is signed in; holds nothing open after `close()`. */
export function createStudyHub(options: HubOptions): StudyHub {
  const setup = setUp(options)
  const outdated = createStore(false)
  const bare = createApi(setup, () => outdated.set(true))
  const session = new Session(setup, bare)
  const seen = new Set<(message: InboxMessage) => void>()
  const link = createStore<UserLink | null>(null)

  const inbox = (message: InboxMessage) => {
    for (const tell of seen) tell(message)
  }
  // A refused call is how a session's end is learnt without a socket.
  const watch = async <T>(answer: Promise<T>): Promise<T> => {
    const body = await answer
    if (isRefusal(body) && body.refused === 'unauthenticated') session.ended()
    return body
  }
  const api: Api = {
    get: (path, query) => watch(bare.get(path, query)),
    send: (method, path, body) => watch(bare.send(method, path, body)),
  }
  const me = () => {
    const view = session.view.get()
    return view.status === 'in' ? view.me.id : null
  }
  const signedOut = () => session.ended()
  const linked = (opened: UserLink) => link.set(opened)
  const place = new PlaceKeeper({ setup, api, me, inbox, linked, signedOut })
  const lobby = new LobbyKeeper({ setup, api, inbox, linked, signedOut })

  const onInboxMessage = (tell: (message: InboxMessage) => void) => {
    const teller = (message: InboxMessage) => tell(message)
    seen.add(teller)
    return () => void seen.delete(teller)
  }

  let user = me()
  const settle = () => {
    if (session.view.get().status === 'unknown') return
    const before = user
    user = me()
    if (user !== before) place.signedOut()
    const { status } = place.view.get()
    if (status === 'outdated') outdated.set(true)
    const inPlace = status === 'in' || status === 'entering'
    lobby.be(user !== null && !inPlace ? 'socket' : 'poll')
  }
  const stops = [session.view.subscribe(settle), place.view.subscribe(settle)]
  void session.refresh()

  return {
    session: session.view,
    place: place.view,
    outdated,
    lobby,
    api,
    link,
    onInbox: (tell) =>
      onInboxMessage(({ items }) => {
        for (const item of items) tell(item)
      }),
    onInboxMessage,
    refreshSession: () => session.refresh(),
    async enter(roomId, opts) {
      if (session.view.get().status === 'unknown') await session.refresh()
      return place.enter(roomId, opts?.password)
    },
    leave: () => place.leave(),
    continueHere: () => place.continueHere(),
    async close() {
      for (const stop of stops) stop()
      session.close()
      place.close()
      lobby.close()
    },
  }
}
