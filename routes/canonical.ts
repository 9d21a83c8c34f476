import type { Request, Response } from 'express'

/** A code typed in another case leads to its own address; true when the answer has been given. */
export function canonicalCode(req: Request<{ code: string }>, res: Response, code: string): boolean {
  if (req.method !== 'GET' || req.params.code === code) return false
  const url = new URL(req.originalUrl, 'http://site.invalid')
  const parts = url.pathname.split('/')
  parts[3] = code
  res.redirect(301, parts.join('/') + url.search)
  return true
}
