import { expect, test } from 'vitest'
import { given, sent, sentMany, who } from '../testing/given.ts'
import { Oracle } from '../testing/oracle.ts'
import { boundTo, turnsOf } from '../testing/turnsOf.ts'
import { chatHandlers } from './chat.messages.ts'

/** A room whose storage is a list that is never behind. */
function room(messages: number, mayMention: (from: string, to: string) => boolean = () => true) {
  const scenario = given('ana', 'ben')
  const oracle = new Oracle()
  for (const event of sentMany(1, messages)) oracle.note(scenario.apply(event))
  const loads: number[] = []
  const deps = {
    mayMention,
    loadMessage: async (number: number) => {
      loads.push(number)
      return oracle.older(number)
    },
  }
  const apply = scenario.apply.bind(scenario)
  // Storage hears of each event as it is committed.
  scenario.apply = (event) => {
    const applied = apply(event)
    oracle.note(applied)
    return applied
  }
  return { scenario, oracle, loads, deps, chat: boundTo(turnsOf(scenario), chatHandlers(deps)) }
}

test('CHAT-14: storage is asked for messages outside the window only', async () => {
  const { chat, loads } = room(120)
  expect(await chat['chat.react'](who('ben'), { number: 120, emoji: '👍', on: true })).toEqual({ revision: 1 })
  expect(loads).toEqual([])
  expect(await chat['chat.edit'](who('ana'), { number: 3, text: 'later' })).toEqual({ revision: 2 })
  expect(loads).toEqual([3])
  expect(await chat['chat.delete'](who('ana'), { number: 121 })).toEqual({ refused: 'not_found' })
})

test('CHAT-14: a message that leaves the window while it is looked up is read again', async () => {
  const { chat, deps, scenario, loads } = room(101)
  const load = deps.loadMessage
  // Between reading message 1 and deciding, ben changes it.
  deps.loadMessage = async (number) => {
    const found = await load(number)
    if (loads.length === 1) await chat['chat.react'](who('ben'), { number, emoji: '🎉', on: true })
    return found
  }
  expect(await chat['chat.react'](who('ana'), { number: 1, emoji: '👍', on: true })).toEqual({ revision: 2 })
  const [message] = await amendments(chat)
  expect(message?.reactions.map((r) => r.emoji)).toEqual(['🎉', '👍'])
  expect(scenario.place.state.chatRevision).toBe(2)
})

test('CHAT-14: storage that stays behind ends in a conflict', async () => {
  const { chat, deps, oracle } = room(101)
  const behind = oracle.older(1)
  await chat['chat.edit'](who('ana'), { number: 1, text: 'new' })
  deps.loadMessage = async () => behind
  expect(await chat['chat.edit'](who('ana'), { number: 1, text: 'newer' })).toEqual({ refused: 'conflict' })
  expect(await chat['chat.amendments'](who('ana'), { since: 0 })).toEqual({
    messages: [],
    revision: 1,
    complete: false,
  })
})

test('CHAT-13: amendments are what changed above a revision outside the window, whole', async () => {
  const { chat, scenario } = room(110)
  await chat['chat.edit'](who('ana'), { number: 2, text: 'second' })
  await chat['chat.edit'](who('ana'), { number: 105, text: 'in the window' })
  await chat['chat.edit'](who('ana'), { number: 1, text: 'first' })
  scenario.apply(sent(111))
  expect(await chat['chat.amendments'](who('ben'), { since: 1 })).toMatchObject({
    messages: [{ number: 1, text: 'first', revision: 3 }],
    revision: 3,
    complete: true,
  })
})

async function amendments(chat: ReturnType<typeof room>['chat']) {
  const answer = await chat['chat.amendments'](who('ana'), { since: 0 })
  return 'messages' in answer ? answer.messages : []
}

test('PEOPLE-5: a mention over a block is not kept, in a new message and in a changed one', async () => {
  const { chat, scenario } = room(1, (from, to) => !(from === 'ana' && to === 'ben'))
  const mentions = ['ben', 'ana']
  await chat['chat.send'](who('ana'), { outbox: 'blocked', n: 1, text: '@ben', mentions })
  const sent = () => scenario.place.state.chat.find((slot) => slot.text.startsWith('@ben'))
  expect(sent()?.mentions).toBe('ana')
  await chat['chat.edit'](who('ana'), { number: sent()?.number ?? 0, text: '@ben!', mentions })
  expect(sent()?.mentions).toBe('ana')
  expect(sent()?.text).toBe('@ben!')
})
