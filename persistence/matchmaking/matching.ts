import type { IRoomCache, SortOptions } from '@colyseus/core'

const fieldOf = (room: IRoomCache, field: string): unknown =>
  Object.hasOwn(room, field) ? Reflect.get(room, field) : room.metadata?.[field]

/** Listings that have all these fields, of their own or in their metadata, in the order asked for. */
export function matching(
  rooms: readonly IRoomCache[],
  conditions: Partial<IRoomCache>,
  sort: SortOptions = {},
): IRoomCache[] {
  const wanted = Object.entries(conditions)
  const order = Object.entries(sort)
  return rooms
    .filter((room) => wanted.every(([field, value]) => fieldOf(room, field) === value))
    .sort((a, b) => {
      for (const [field, direction] of order) {
        const [x, y] = [fieldOf(a, field) as number, fieldOf(b, field) as number]
        const rising = direction === 1 || direction === 'asc' || direction === 'ascending'
        if (x !== y) return x < y === rising ? -1 : 1
      }
      return 0
    })
}
