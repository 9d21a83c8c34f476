import type { Response } from 'express'
import { attachmentOf } from '../lib/file-names.ts'
import { placeOf } from '../lib/storage.ts'

/**
 * Sends a kept file to be saved under a name, also a part of it, where a slow line broke off. It is never shown as a page
 * of this site, no browser keeps it, and every look asks again whether the person still may.
 */
export function sendKept(
  res: Response,
  root: string,
  { sha256, type, name }: { sha256: string; type: string; name: string },
): Promise<void> {
  res.set({
    'Cache-Control': 'no-store, no-transform',
    'Content-Disposition': attachmentOf(name),
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  })
  res.type(type)
  const options = { root, cacheControl: false, lastModified: false, dotfiles: 'allow' as const }
  return new Promise((resolve, reject) =>
    res.sendFile(placeOf(root, sha256), options, (error?: NodeJS.ErrnoException) => {
      // A reader who has gone is no fault.
      if (!error || res.headersSent || res.destroyed) resolve()
      else reject(error)
    }),
  )
}
