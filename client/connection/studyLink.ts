import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { StudyMessages } from '#schemas/messages/study.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'

/** What the parts of a study place need of its connection. */
export interface StudyLink {
  readonly state: StudyState
  request<K extends keyof StudyMessages & string>(
    type: K,
    payload: Payload<StudyMessages, K>,
  ): Promise<Reply<StudyMessages, K> | Refusal>
  onPush<T>(type: string, seen: (body: T) => void): void
}
