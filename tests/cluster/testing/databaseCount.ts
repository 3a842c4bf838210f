import { createConnection, type RowDataPacket } from 'mysql2/promise'

export type DatabaseCount = {
  /** Statements that the run's MySQL server has taken since the last time this was asked, without this one. */
  since(): Promise<number>
  close(): Promise<void>
}

/** MySQL's own count of what it is asked, by whomever. */
export async function databaseCount(url: string): Promise<DatabaseCount> {
  const line = await createConnection(url)
  let before = 0
  return {
    async since() {
      const [[row]] = await line.query<RowDataPacket[]>(`show global status like 'Questions'`)
      const now = Number(row?.['Value'])
      const asked = now - before - 1
      before = now
      return asked
    },
    close: () => line.end(),
  }
}
