import { kindOfBytes } from '../../lib/file-kinds.ts'
import { checkCurriculum } from './checking.ts'
import type { Files } from './files.ts'
import type { FileEntry } from './file-entry.ts'
import type { Problem } from './problem.ts'
import { type Curriculum, reporter } from './reading.ts'

/** A file that lies in the folder of a module and is on its list. */
export type Listed = FileEntry & { module: string; bytes: Buffer }

/** The listed files of a curriculum in which the check found no problem, one after the other: each may be large. */
export function* listedIn({ modules }: Curriculum, files: Files): Generator<Listed> {
  for (const { folder, files: list } of modules)
    for (const entry of (list?.entries ?? []) as FileEntry[])
      yield { ...entry, module: folder, bytes: files.bytes(`${folder}/${entry.name}`)! }
}

/**
 * Checks a curriculum with the contents of the files beside its lessons, by the rule of files that are uploaded. They are
 * looked into when all else is whole.
 */
export async function checkWhole(files: Files): Promise<{ curriculum: Curriculum; problems: Problem[] }> {
  const { curriculum, problems } = checkCurriculum(files)
  if (problems.length) return { curriculum, problems }
  for (const { module, name, bytes } of listedIn(curriculum, files)) {
    const kind = await kindOfBytes(bytes, name)
    if ('fault' in kind) reporter({ problems }, `${module}/${name}`)(1, 'file.kind')
  }
  return { curriculum, problems }
}
