/**
 * What the rest of the product asks of friendships and blocks. Each call sees what was committed before it. A block of
 * either side ends a friendship, so friends are never blocked.
 */
export interface People {
  areFriends(a: string, b: string): Promise<boolean>
  /** All friends of a user, no order. Bounded by the limit on friends. */
  friendsOf(user: string): Promise<readonly string[]>
  isBlockedEitherWay(a: string, b: string): Promise<boolean>
  /** Everybody whom the user has blocked or who has blocked him. */
  blockedWith(user: string): Promise<ReadonlySet<string>>
  /** The same for up to 1,000 users at once; who is blocked with nobody is left out. */
  blockedWithEach(users: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>
}
