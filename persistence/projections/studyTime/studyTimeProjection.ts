import type { Event } from '#schemas/events/catalogue.ts'
import type { Db } from '../../database/database.ts'
import { bookIntervals } from '../../database/study/bookIntervals.ts'
import type { StudyIntervalRow } from '../../database/study/studyIntervalTable.ts'
import type { ConsumerGroup } from '../../ports/eventLog.ts'
import { projection } from '../projection.ts'

const types = ['study.opened', 'study.extended', 'study.closed'] as const

/** Study intervals and the days they lie on (I6, T6). Each event carries the whole interval so far, so none depends on one before it. */
export const studyTimeProjection = (db: Db): ConsumerGroup =>
  projection({
    group: 'studyTime',
    types,
    async apply(events) {
      const longest = new Map<string, StudyIntervalRow>()
      for (const event of events) {
        const row = intervalOf(event)
        if (row.ended_at >= (longest.get(row.id)?.ended_at ?? 0)) longest.set(row.id, row)
      }
      await bookIntervals(db, [...longest.values()])
    },
  })

const intervalOf = ({ type, key, data }: Event<(typeof types)[number]>): StudyIntervalRow => ({
  id: data.intervalId,
  user_id: data.userId,
  room_id: key,
  started_at: data.from,
  ended_at: type === 'study.opened' ? data.from : Math.max(data.from, data.to),
})
