import { inTransaction } from '../../lib/db.ts'
import { putPicture } from '../adding-pictures.ts'
import { checkWhole } from './checking-contents.ts'
import { contentsOf } from './content.ts'
import { type Files, filesUnder } from './files.ts'
import { keepListed, putListed } from './loading/files.ts'
import { loadForm } from './loading/form.ts'
import { loadSources, loadTerms, loadThemes } from './loading/lists.ts'
import { loadModule, placeModule } from './loading/module.ts'
import { testTitle, translator } from './own-words.ts'
import { isTaken, picturesIn, takenProblem } from './loading/pictures.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'
import type { Term } from './term.ts'
import type { Theme } from './theme.ts'

/** What loading did with one module or form. */
export type Deed = {
  code: string
  /**
   * `proposed`: a version waits for publication; `published`: it is in force; `unchanged`: the files say nothing new;
   * `withdrawn`: a proposal went, since the files are again as the version before it.
   */
  deed: 'proposed' | 'published' | 'unchanged' | 'withdrawn'
  /** "1.2" of a module, "3" of a form; empty when nothing is there. */
  version: string
  /** Parts edited in the platform that differ from the files and were left as they are. */
  leftAlone: string[]
}

export type Loading = {
  /** Whether versions are published at once: only the demo does so. */
  publish: boolean
  actor: { id: string | null } | null
  /** Folder of uploaded files: needed where a module has files. */
  uploads?: string
}

export type Loaded = { problems: Problem[]; deeds: Deed[]; themes: number; sources: number; terms: number }

/**
 * Loads a curriculum, or the one under a folder of the disk, as proposed versions, all or nothing: when the check finds
 * a problem nothing is loaded and `problems` says why. Running it again changes nothing. Published versions and texts
 * edited in the platform are never changed. Themes, sources and terms have no versions: they are brought up to date at once.
 */
export async function loadCurriculum(from: string | Files, { publish, actor, uploads }: Loading): Promise<Loaded> {
  const files = typeof from === 'string' ? filesUnder(from) : from
  const { curriculum, problems } = await checkWhole(files)
  const pictures = picturesIn(curriculum, files)
  for (const picture of pictures) if (await isTaken(picture)) problems.push(takenProblem(picture))
  const listed = problems.length ? undefined : await keepListed(curriculum, files, uploads)
  problems.push(...(listed?.problems ?? []))
  if (problems.length) return { problems, deeds: [], themes: 0, sources: 0, terms: 0 }
  const contents = contentsOf(curriculum, translator)
  return inTransaction(async () => {
    const themes = await loadThemes(curriculum.themes.entries as Theme[])
    const sources = await loadSources(curriculum.sources.entries as Source[])
    const terms = await loadTerms(curriculum.glossary.entries as Term[])
    const deeds: Deed[] = []
    for (const form of contents.forms) deeds.push(await loadForm(form, { publish, actor }))
    // All places first: a module may require one that comes after it.
    const places = []
    for (const [index, { card }] of contents.modules.entries()) places.push(await placeModule(card.code, index + 1))
    for (const [index, content] of contents.modules.entries())
      deeds.push(await loadModule(places[index]!, content, { publish, actor, testTitle: testTitle() }))
    for (const { module, ...picture } of pictures) await putPicture(actor, module, picture)
    for (const { module, name } of await putListed(actor, listed!.filed))
      deeds.find(({ code }) => code === module)!.leftAlone.push(name)
    return { problems, deeds, themes, sources, terms }
  })
}
