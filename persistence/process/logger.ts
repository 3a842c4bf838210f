import { type DestinationStream, pino } from 'pino'

/** JSON lines on standard error: standard output has only the address. Fields that could hold a secret never leave. */
export const createLogger = (level: string, to?: DestinationStream) =>
  pino(
    {
      level,
      base: { pid: process.pid },
      redact: {
        paths: [
          'cookie',
          'authorization',
          'password',
          'token',
          '*.cookie',
          '*.authorization',
          '*.password',
          '*.token',
          '*.headers',
        ],
        remove: true,
      },
    },
    to ?? pino.destination({ dest: 2, sync: true }),
  )
