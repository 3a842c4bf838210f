/** Why there is no worker, for the person who asked for one. */
export class WorkerProblem extends Error {
  override name = 'WorkerProblem'
  /** For the process that ends by it. */
  readonly exitCode: number
  constructor(why: string, exitCode = 1) {
    super(why)
    this.exitCode = exitCode
  }
}
