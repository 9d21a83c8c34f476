import type { Request } from 'express'
import { kindOfType } from '../../lib/file-kinds.ts'
import { archiveName } from '../../lib/file-names.ts'
import type { AgendaTraining } from '../../models/agenda.ts'
import type { Material, Removed, SharedMaterial, Shelf } from '../../models/material.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import { sizeInWords } from '../../models/file-sizes.ts'
import { openOn } from '../../models/material.ts'
import { sharesMaterials } from '../../models/policies/material.ts'
import type { Session } from '../../models/session.ts'
import { errorsOf } from '../forms/again.ts'
import { kindsInWords, LARGEST } from '../forms/materials.ts'
import type { Kept } from '../request.ts'
import { languageName } from './languages.ts'
import { clockOf, dayInWords, type Speaker, speakerOf } from './moments.ts'
import { planHead } from './plans.ts'
import { wordsIn } from './words.ts'

/** The ending a file of this kind is given away with. */
const endingOf = ({ type, name }: Pick<Material, 'type' | 'name'>) =>
  /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? kindOfType(type) ?? 'bin'

/** The name under which a reader saves one file: as it was given. */
export const downloadName = ({ name }: Material): string => name

function facts(say: Speaker, material: Material): string {
  const kind = kindOfType(material.type)
  return say.t('materials.facts', {
    size: sizeInWords(say, material.size),
    kind: kind ? say.t(`materials.kinds.${kind}`) : material.type,
    language: languageName(material.language, say.lang),
  })
}

/** The materials as a reader meets them: by session, what is not open yet with when it will be. */
export function shelfPage(req: Request, shelf: Shelf) {
  const { training, works, materials } = shelf
  const say = speakerOf(req)
  const base = `/${req.lang}/trainings/${training.code}`
  const open = openOn(shelf)
  return {
    code: training.code,
    title: wordsIn(training.title, req.lang),
    training: base,
    agenda: training.agendaNumber > 0 ? `${base}/agenda` : null,
    manage: works ? `/${req.lang}/manage/trainings/${training.code}/materials` : null,
    works,
    all:
      open.length > 1
        ? {
            href: `${base}/materials.zip`,
            text: req.t('materials.allText', {
              count: open.length,
              size: sizeInWords(
                say,
                open.reduce((sum, each) => sum + each.size, 0),
              ),
            }),
          }
        : null,
    groups: groupsOf(say, materials).map(({ all, ...group }) => ({
      ...group,
      rows: all.map(each => ({
        title: wordsIn(each.title, req.lang),
        facts: facts(say, each),
        href: works || each.open ? `${base}/materials/${each.id}` : null,
        later: each.open ? null : { from: each.from },
      })),
    })),
  }
}

/** Materials by their sessions, in the order they come in; a heading and its place on the page for each. */
function groupsOf<Row extends Material>(say: Speaker, materials: Row[]) {
  return [...Map.groupBy(materials, each => each.sessionId ?? '')].map(([id, all]) => ({
    id: id ? `session-${id}` : 'whole',
    heading: headingOf(say, all[0]!),
    canceled: all[0]!.session?.canceled ?? false,
    all,
  }))
}

function headingOf(say: Speaker, { told, session }: Material): string {
  if (!session) return say.t('materials.whole')
  const title = wordsIn(told?.title ?? session.title, say.lang)
  const wall = told?.wallStart ?? session.wallStart.toString()
  return say.t('materials.ofSession', { day: dayInWords(say, wall.slice(0, 10), 'date'), time: clockOf(wall), title })
}

/** Names inside the archive: a folder for each session in order, the files numbered in it, none twice. */
export function archivePaths(say: Speaker, materials: SharedMaterial[]): string[] {
  const two = (n: number) => String(n).padStart(2, '0')
  return groupsOf(say, materials).flatMap(({ all }, index) => {
    const { told, session } = all[0]!
    const name = session ? wordsIn(told?.title ?? session.title, say.lang) : say.t('materials.whole')
    const folder = archiveName(`${two(index + 1)} ${name}`)
    return all.map((each, place) => {
      const title = archiveName(`${two(place + 1)} ${wordsIn(each.title, say.lang)}`)
      return `${folder}/${title}.${endingOf(each)}`
    })
  })
}

/** The materials for those who work on them. */
export function materialsPage(
  req: Request,
  training: AgendaTraining,
  materials: Material[],
  removed: Removed[],
  sessions: Session[],
  form: Kept,
) {
  const say = speakerOf(req)
  const head = planHead(req, training)
  const base = `/${req.lang}/manage/trainings/${training.code}/materials`
  const verdict = sharesMaterials(training)
  return {
    ...head,
    base,
    shelf: `/${req.lang}/trainings/${training.code}/materials`,
    closed: verdict.ok ? null : req.t(`refusals.${verdict.reason}`),
    form,
    ...choicesOf(req, sessions, form),
    hint: req.t('materials.form.filesHint', { kinds: kindsInWords(req), count: LARGEST }),
    groups: groupsOf(say, materials).map(({ all, ...group }) => ({
      ...group,
      rows: all.map((each, index) => ({
        id: each.id,
        title: wordsIn(each.title, req.lang),
        href: `/${req.lang}/trainings/${training.code}/materials/${each.id}`,
        facts: facts(say, each),
        visible: req.t(`materials.visible.${each.visible}${each.sessionId ? '' : 'Whole'}`),
        untranslated: each.title.en === each.title.ru,
        unknown: each.sessionId !== null && each.told === null,
        first: index === 0,
        last: index === all.length - 1,
      })),
    })),
    removed: removed.map(({ id, title, name, removedAt }) => ({
      id,
      title: wordsIn(title, req.lang),
      name,
      removedAt,
    })),
  }
}

/** What the form offers to choose from, and the error beside each field. */
export function choicesOf(req: Request, sessions: Session[], form: Kept) {
  const say = speakerOf(req)
  const chosen = String(form.values.session ?? '')
  const option = (value: string, label: string) => ({ value, label, selected: value === chosen })
  return {
    errorOf: errorsOf(form),
    fileErrors: form.errors.filter(({ field }) => field === 'files').map(({ text }) => text),
    sessions: [
      option('', req.t('materials.whole')),
      ...sessions.map(({ id, title, wallStart }) =>
        option(
          id,
          req.t('materials.ofSession', {
            day: dayInWords(say, wallStart.toPlainDate().toString(), 'date'),
            time: clockOf(wallStart.toString()),
            title: wordsIn(title, req.lang),
          }),
        ),
      ),
    ],
    languages: OFFICIAL_LANGUAGES.map(value => ({ value, label: languageName(value, req.lang) })),
    moments: (['before', 'after'] as const).map(value => ({
      value,
      label: req.t(`materials.moments.${value}`),
      hint: req.t(`materials.moments.${value}Hint`),
    })),
  }
}

/** What the form of one material shows at first. */
export const valuesOf = ({ sessionId, title, language, visible }: Material): Record<string, unknown> => ({
  session: sessionId ?? '',
  titleEn: title.en,
  titleRu: title.ru,
  language,
  visible,
})
