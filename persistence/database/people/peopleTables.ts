/** Two people, the smaller id first: a request of `asked_by`, or a friendship. */
export interface FriendshipTable {
  low_id: string
  high_id: string
  asked_by: string
  friends: number
  /** When it was asked, or accepted. */
  at: number
}

export interface FollowTable {
  follower_id: string
  followed_id: string
  at: number
}

/** One side's block. It works both ways wherever people are shown to each other. */
export interface BlockTable {
  user_id: string
  blocked_id: string
  at: number
}
