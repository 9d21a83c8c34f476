import type { Request, Response } from 'express'
import { keep, kept } from '../lib/storage.ts'
import { parse } from './forms/again.ts'
import { logoForm, logoOf } from './forms/settings.ts'
import { houseOf, pressOf } from './house.ts'
import type { FieldError } from './request.ts'

/** A logo that was posted and is on the disk, or what is wrong with it. */
export type PostedLogo =
  | { logo: { sha256: string; size: number; name: string }; errors?: undefined }
  | { logo?: undefined; errors: FieldError[] }

/** Takes a posted logo with its name: checked, made plain and kept. */
export async function postedLogo(req: Request): Promise<PostedLogo> {
  const { values, errors = [] } = parse(req, logoForm)
  const picture = await logoOf(req, pressOf(req))
  if (!values || 'error' in picture) return { errors: [...errors, ...('error' in picture ? [picture.error] : [])] }
  const bytes = Buffer.from(picture.svg)
  const sha256 = await keep(houseOf(req).config.uploadsDir, bytes)
  return { logo: { sha256, size: bytes.length, name: values.name } }
}

/** A logo as it will be printed. Nothing in it may run, whoever made it. */
export async function sendLogo(req: Request, res: Response, sha256: string) {
  res.set('Content-Security-Policy', "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox")
  res.type('svg').send(await kept(houseOf(req).config.uploadsDir, sha256))
}
