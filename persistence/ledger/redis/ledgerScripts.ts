import { redisScript } from '../../redis/redisScript.ts'

const read = (name: string) => redisScript(new URL(`./scripts/${name}.lua`, import.meta.url))

/** One script per operation; each file says its keys and arguments in its first lines. */
export const ledgerScripts = {
  now: read('now'),
  heartbeat: read('heartbeat'),
  nodes: read('nodes'),
  markDead: read('markDead'),
  enlist: read('enlist'),
  unlist: read('unlist'),
  claim: read('claim'),
  release: read('release'),
  append: read('append'),
  snapshot: read('snapshot'),
  tail: read('tail'),
  confirm: read('confirm'),
  endPlace: read('endPlace'),
  putBack: read('putBack'),
  rest: read('rest'),
  park: read('park'),
  post: read('post'),
  touch: read('touch'),
  dirtyPage: read('dirtyPage'),
  untouch: read('untouch'),
  rise: read('rise'),
  takePlace: read('takePlace'),
  leavePlace: read('leavePlace'),
  addRemoved: read('addRemoved'),
  isRemoved: read('isRemoved'),
  revoke: read('revoke'),
  due: read('due'),
  generation: read('generation'),
  openGeneration: read('openGeneration'),
}
