import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'

/** Largest picture of a lesson, in bytes: it travels over slow lines. */
export const LARGEST_PICTURE = 512_000

/** How a picture is called: small Latin letters, digits, hyphens, and the ending of its kind. */
export const PICTURE_NAME = /^[a-z0-9][a-z0-9._-]*\.(png|jpe?g|webp)$/

/** The media type of a picture by its bytes; undefined for anything else, such as a drawing that could run a program. */
export function pictureType(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 4).toString('latin1') === '\x89PNG') return 'image/png'
  if (bytes.subarray(0, 3).toString('hex') === 'ffd8ff') return 'image/jpeg'
  const [riff, webp] = [bytes.subarray(0, 4), bytes.subarray(8, 12)].map(part => part.toString('latin1'))
  return riff === 'RIFF' && webp === 'WEBP' ? 'image/webp' : undefined
}

/** A picture of a module's lessons. */
export type ModulePicture = { module: string; name: string; alternative: Words | null; size: number }

/** The pictures of a module, or of all, by their names. */
export const picturesOf = (module: string | null = null): Promise<ModulePicture[]> =>
  sql<ModulePicture>(
    'picture.list',
    `select m.code as module, p.name, p.alternative, octet_length(p.bytes) as size
     from module_pictures p join modules m on m.id = p.module_id
     where $1::text is null or m.code = $1 order by m.position, p.name`,
    [module],
  )

/** The bytes of one picture with their media type. */
export const pictureBytes = (module: string, name: string): Promise<{ type: string; bytes: Buffer } | undefined> =>
  one<{ type: string; bytes: Buffer }>(
    'picture.bytes',
    `select p.type, p.bytes from module_pictures p join modules m on m.id = p.module_id
     where m.code = $1 and p.name = $2`,
    [module, name],
  )

/** Where a picture of a module is shown from. */
export const pictureAddress = (module: string, name: string): string =>
  `/curriculum/${module}/pictures/${encodeURIComponent(name)}`
