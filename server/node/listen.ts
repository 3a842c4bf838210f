import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartFault } from '#persistence/process/StartFault.ts'

/** Binds the port and resolves with it (0 gives a free one). A StartFault says what to do. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  const bound = Promise.withResolvers<void>()
  server.once('error', bound.reject)
  server.listen(port, host, () => bound.resolve())
  try {
    await bound.promise
  } catch (error) {
    throw new StartFault(advice((error as NodeJS.ErrnoException).code, host, port, error))
  } finally {
    server.off('error', bound.reject)
  }
  return (server.address() as AddressInfo).port
}

function advice(code: string | undefined, host: string, port: number, error: unknown): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken. Stop what uses it, or set PORT to another one (PORT=${port + 1} npm start).`
    case 'EACCES':
      return `Port ${port} may not be used by this user. Set PORT to one from 1024 on.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${host} is no address of this machine. Use 127.0.0.1 (this machine only) or 0.0.0.0 (every interface).`
    default:
      return `Cannot listen on ${host}:${port}: ${String(error)}`
  }
}
