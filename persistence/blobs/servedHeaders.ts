import type { BlobHead } from '../ports/blobStore.ts'

/** Types that a browser may show by itself: none of them can run script on our origin. SVG and HTML are not here. */
const SHOWN =
  /^(image\/(png|jpeg|gif|webp|avif)|audio\/(mpeg|mp4|aac|ogg|wav|webm|flac)|video\/(mp4|webm|ogg)|application\/pdf)$/

/** Headers under which a stranger's bytes are served: never sniffed, never run, never kept by caches. */
export function servedHeaders({ contentType }: BlobHead, downloadName: string | null): Record<string, string> {
  return {
    'content-type': contentType,
    'content-disposition': dispositionOf(contentType, downloadName),
    'x-content-type-options': 'nosniff',
    // Browsers refuse to show a PDF in a sandbox; a PDF has no origin to harm.
    'content-security-policy': `default-src 'none'${contentType === 'application/pdf' ? '' : '; sandbox'}`,
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
  }
}

/** Whether a browser may show it, or only keep it; with a name always the latter. */
export const dispositionOf = (contentType: string, downloadName: string | null): string => {
  if (downloadName !== null) return `attachment; filename*=UTF-8''${encoded(downloadName)}`
  return SHOWN.test(contentType.toLowerCase()) ? 'inline' : 'attachment'
}

// A lone surrogate has no UTF-8 form; the four marks are not allowed in an extended parameter.
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
