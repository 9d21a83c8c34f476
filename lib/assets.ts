import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, RequestHandler } from 'express'
import { minifyCss } from './minify-css.ts'

/** What the browser gets for a bundle's name: package files ('@scope/name/file.css') and files of the public folder, in this order. */
export type Bundles = Record<string, string[]>

export type Assets = {
  /** The address of a file of the public folder ('css/site.css'), with its content hash. Throws for an unknown name. */
  url(name: string): string
  /** Answers GET and HEAD of those addresses; everything else passes on. */
  middleware: RequestHandler
}

type Encoding = 'br' | 'gzip' | 'identity'
type File = { type: string; hash: string; bytes: Buffer; encoded: Partial<Record<Encoding, Promise<Buffer>>> }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Reads the public folder once, at boot. A file changes its address when its content changes, so browsers may keep it for a year.
 * Files that went into a bundle are not served by themselves. Compression happens at the first request for a file, off the event loop.
 */
export function loadAssets(publicDir: string, bundles: Bundles): Assets {
  const byAddress = new Map<string, File>()
  const addresses = new Map<string, string>()
  const add = (name: string, bytes: Buffer) => {
    const file = fileOf(name, bytes)
    const address = `/assets/${name.slice(0, -extname(name).length)}.${file.hash}${extname(name)}`
    addresses.set(name, address)
    byAddress.set(address, file)
  }

  const bundled = new Set(Object.values(bundles).flat())
  for (const name of namesIn(publicDir)) {
    if (types[extname(name)] && !bundled.has(name)) add(name, readFileSync(join(publicDir, name)))
  }
  for (const [name, parts] of Object.entries(bundles)) {
    add(name, Buffer.from(parts.map(part => partOf(publicDir, part)).join('\n')))
  }

  return {
    url(name) {
      const address = addresses.get(name)
      if (!address) throw new Error(`No such asset: ${name}`)
      return address
    },
    middleware: async (req, res, next) => {
      const file = byAddress.get(req.path)
      if (!file || (req.method !== 'GET' && req.method !== 'HEAD')) return next()
      const encoding = isText(file) ? chosen(req) : 'identity'
      const body = await encoded(file, encoding)
      res.set({
        'Content-Type': file.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        ETag: `"${file.hash}-${encoding}"`,
        Vary: 'Accept-Encoding',
      })
      if (encoding !== 'identity') res.set('Content-Encoding', encoding)
      if (req.fresh) return res.status(304).end()
      res.set('Content-Length', String(body.length))
      res.end(req.method === 'HEAD' ? undefined : body)
    },
  }
}

function namesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** Files of packages go into a cascade layer, so that the Center's own rules win without stronger selectors. */
function partOf(publicDir: string, part: string): string {
  const fromPackage = part.startsWith('@')
  const path = fromPackage ? fileURLToPath(import.meta.resolve(part)) : join(publicDir, part)
  const css = minifyCss(readFileSync(path, 'utf8'))
  return fromPackage ? `@layer ds{${css}}` : css
}

function fileOf(name: string, bytes: Buffer): File {
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12)
  return { type: types[extname(name)] ?? 'application/octet-stream', hash, bytes, encoded: {} }
}

function isText(file: File): boolean {
  return file.type.endsWith('charset=utf-8')
}

/** Brotli whenever it is accepted: browsers name it last, so their order says nothing. */
function chosen(req: Request): Encoding {
  if (req.acceptsEncodings('br')) return 'br'
  return req.acceptsEncodings('gzip') ? 'gzip' : 'identity'
}

const compressing: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  identity: async bytes => bytes,
  gzip: bytes => promisify(gzip)(bytes, { level: 9 }),
  br: bytes => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
}

function encoded(file: File, encoding: Encoding): Promise<Buffer> {
  file.encoded[encoding] ??= compressing[encoding](file.bytes)
  return file.encoded[encoding]
}
