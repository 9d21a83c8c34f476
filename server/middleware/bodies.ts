import { randomUUID } from 'node:crypto'
import { mkdirSync, unlink } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type RequestHandler } from 'express'
import multer from 'multer'
import type { Config } from '../../lib/config.ts'
import { tokenIsRight } from './csrf.ts'

const LARGEST_FILE = 20 * 1024 * 1024

/**
 * Posted bodies: forms, JSON (saved answers) and files. Files are stored only when the token, which comes first in the
 * form, is right: a wrong or late one stores not one byte. What no route has taken over is removed afterwards.
 */
export function bodies(config: Config): RequestHandler[] {
  const incoming = join(config.uploadsDir, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  const upload = multer({
    storage: multer.diskStorage({ destination: incoming, filename: (_req, _file, done) => done(null, randomUUID()) }),
    limits: { fileSize: LARGEST_FILE, files: 10, fields: 200, fieldSize: 1024 * 1024 },
    // Names of files come as browsers send them.
    defParamCharset: 'utf8',
    fileFilter: (req, file, done) => {
      ;(req as Request).uploadName = file.originalname
      done(null, tokenIsRight(req as Request))
    },
  }).any()
  return [
    express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 1000 }),
    express.json({ limit: '1mb' }),
    (req, res, next) => {
      if (!req.is('multipart/form-data')) return next()
      upload(req, res, error => {
        res.once('close', () => discard(req))
        // An oversized, surplus or mangled file is the form's business: its other fields are kept. A full disk is not.
        const ours = error && 'syscall' in error
        if (error && !ours) req.uploadError = error instanceof multer.MulterError ? error.code : 'MALFORMED'
        next(ours ? error : undefined)
      })
    },
    (req, _res, next) => {
      req.body ??= {}
      next()
    },
  ]
}

declare global {
  namespace Express {
    interface Request {
      /** Code of the upload library when a file was refused, e.g. LIMIT_FILE_SIZE; MALFORMED for what is no upload. */
      uploadError?: string
      /** Name of the file that was read last: the one that was refused, if one was. */
      uploadName?: string
    }
  }
}

function discard(req: Request) {
  for (const file of Array.isArray(req.files) ? req.files : []) unlink(file.path, () => {})
}
