/** A start-up fault whose message tells the operator what to do. Shown as it is, without a stack; exit code 1. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
