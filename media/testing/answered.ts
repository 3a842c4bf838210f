import { isRefusal, type Refusal } from '#schemas/refusals.ts'

/** The answer; throws what was refused. */
export function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer
}
