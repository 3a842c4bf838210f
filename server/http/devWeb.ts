import type { RequestListener, Server } from 'node:http'
import { join } from 'node:path'

/** Development: Vite serves web/ from its sources, with reload over the same port. */
export async function devWeb(server: Server, web: string, api: RequestListener): Promise<RequestListener> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    configFile: join(web, 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server } },
    appType: 'spa',
  })
  server.once('close', () => void vite.close())
  return (req, res) => {
    if (/^\/(api|blobs|healthz|readyz|metrics)(\/|\?|$)/.test(req.url ?? '')) api(req, res)
    else vite.middlewares(req, res)
  }
}
