import type { Request } from 'express'
import type { FileUse } from '../../models/file-uses.ts'
import { WORKSHOP } from './drafts.ts'

/** How a file or a picture of a module can be taken away, or what it stays for. */
export function endOf(
  req: Request,
  place: 'files' | 'pictures',
  { module, name }: { module: string; name: string },
  uses: Map<string, FileUse>,
) {
  const use = uses.get(name)
  return {
    removal: `${WORKSHOP}/${module}/${place}/${name}/removal`,
    stays: use && req.t(`refusals.drafts.stays.${use}`, { name }),
  }
}
