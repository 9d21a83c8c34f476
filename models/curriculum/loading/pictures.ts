import type { NewPicture } from '../../adding-pictures.ts'
import { pictureBytes, pictureType, PICTURE_NAME } from '../../module-picture.ts'
import type { Files } from '../files.ts'
import { type Problem, problem } from '../problem.ts'
import type { Curriculum } from '../reading.ts'

type Filed = NewPicture & { module: string }

/** The pictures that lie in the folders of modules. */
export const picturesIn = ({ modules }: Curriculum, files: Files): Filed[] =>
  modules.flatMap(({ folder, others }) =>
    [...others.keys()]
      .filter(name => PICTURE_NAME.test(name))
      .flatMap(name => {
        const bytes = files.bytes(`${folder}/${name}`)
        const type = bytes && pictureType(bytes)
        return type ? [{ module: folder, name, type, bytes, alternative: null }] : []
      }),
  )

/** Whether another picture has this name already: published lessons show it. */
export async function isTaken({ module, name, bytes }: Filed): Promise<boolean> {
  const there = await pictureBytes(module, name)
  return there !== undefined && !there.bytes.equals(bytes)
}

export const takenProblem = ({ module, name }: Filed): Problem =>
  problem({ file: `${module}/${name}`, line: 1, code: 'picture.taken', params: {} })
