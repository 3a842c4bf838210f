/** Two people in the order of their key: a pair has one row, whoever began. */
export const pairOf = (a: string, b: string): readonly [low: string, high: string] => (a < b ? [a, b] : [b, a])
