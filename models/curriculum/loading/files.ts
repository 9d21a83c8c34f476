import { FILE_KINDS, kindNamed } from '../../../lib/file-kinds.ts'
import { keep } from '../../../lib/storage.ts'
import { type NewFile, putFile } from '../../adding-files.ts'
import { fileOf } from '../../module-file.ts'
import { listedIn } from '../checking-contents.ts'
import type { Files } from '../files.ts'
import type { Problem } from '../problem.ts'
import { type Curriculum, reporter } from '../reading.ts'

/** A file with its bytes kept, ready to be put into its module. */
type Filed = NewFile & { module: string }

/**
 * Keeps the bytes of the listed files in `uploads`, before the transaction that refers to them. A file whose name means
 * other bytes already is a problem: published lessons lead to those.
 */
export async function keepListed(curriculum: Curriculum, files: Files, uploads: string | undefined) {
  const filed: Filed[] = []
  const problems: Problem[] = []
  for (const { bytes, ...entry } of listedIn(curriculum, files)) {
    if (!uploads) throw new Error('There is no folder for the files of the curriculum')
    const { module, name } = entry
    const sha256 = await keep(uploads, bytes)
    const there = await fileOf(module, name)
    if (there && there.sha256 !== sha256) reporter({ problems }, `${module}/${name}`)(1, 'file.taken')
    filed.push({ ...entry, sha256, size: bytes.length, type: FILE_KINDS[kindNamed(name)!].type })
  }
  return { filed, problems }
}

/** Puts the files into their modules; returns those that keep another title, which was written in the platform. */
export async function putListed(actor: { id: string | null } | null, filed: Filed[]): Promise<Filed[]> {
  const leftAlone: Filed[] = []
  for (const file of filed) {
    await putFile(actor, file.module, file, 'file')
    const { title } = (await fileOf(file.module, file.name))!
    if (title.en !== file.title.en || title.ru !== file.title.ru) leftAlone.push(file)
  }
  return leftAlone
}
