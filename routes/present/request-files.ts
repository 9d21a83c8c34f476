import type { Request } from 'express'
import type { RequestFile } from '../../models/request-files.ts'
import { sizeInWords } from '../../models/file-sizes.ts'

/** Files of one part of a request: of the common part, where `state` is null, or of a State's own one. */
export const filesOfPart = (req: Request, code: string, files: RequestFile[], state: string | null) =>
  files
    .filter(file => file.state === state)
    .map(({ id, name, size }) => ({
      id,
      name,
      size: sizeInWords(req, size),
      href: `/requests/${code}/files/${id}`,
    }))
