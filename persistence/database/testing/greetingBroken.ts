/**
 * What mysql2 writes to standard error, past every logger, when MySQL has given a client up while they greet each other: its greeting has number 0,
 * the client's answer 1, and of one who read nothing in between the error has 1 instead of 2. It did so because it waited 10 s for the answer
 * (a client whose process had no turn so long) or saw the connection's end; the pool takes it for an outage and opens another (STORE-13).
 */
export const GREETING_BROKEN = 'Warning: got packets out of order. Expected 2 but received 1'
