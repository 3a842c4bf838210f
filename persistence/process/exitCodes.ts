/** The node was marked dead, for good, and can only go on under a new name: whoever watches over it starts it anew (§5.1). */
export const MARKED_DEAD = 75
