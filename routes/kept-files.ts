import type { Response } from 'express'
import { attachmentOf } from '../lib/file-names.ts'
import { placeOf } from '../lib/storage.ts'

/** A file that is kept under its SHA-256, and the name it is saved under. */
export type Kept = { sha256: string; type: string; name: string }

/**
 * What every answer with a kept file says: it is saved and never shown as a page of this site. Without a `mark` no browser
 * keeps it; with one a browser may, and every look asks again whether the person still may and whether the mark is the same.
 */
export function guarded(res: Response, { type, name }: Omit<Kept, 'sha256'>, mark?: string) {
  res.type(type).set({
    'Cache-Control': mark ? 'private, no-cache, no-transform' : 'no-store, no-transform',
    'Content-Disposition': attachmentOf(name),
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    ...(mark ? { ETag: `"${mark}"` } : {}),
  })
}

/** Sends a kept file, also a part of it, where a slow line broke off. `again`: a second look at the same bytes costs nothing. */
export function sendKept(res: Response, root: string, file: Kept, { again = false } = {}): Promise<void> {
  guarded(res, file, again ? file.sha256 : undefined)
  const options = { root, cacheControl: false, lastModified: false, dotfiles: 'allow' as const }
  return new Promise((resolve, reject) =>
    res.sendFile(placeOf(root, file.sha256), options, (error?: NodeJS.ErrnoException) => {
      // A reader who has gone is no fault.
      if (!error || res.headersSent || res.destroyed) resolve()
      else reject(error)
    }),
  )
}
