import { one } from '../../lib/db.ts'
import { pieceName } from '../../models/curriculum/pieces.ts'
import type { PieceKind } from '../../models/draft.ts'
import type { Work } from '../../models/translation.ts'
import { languageName } from '../../routes/present/languages.ts'
import { translationAddress } from '../../routes/present/translations.ts'
import type { Letter, Letters, Pen } from './index.ts'

type Task = { kind: PieceKind | 'glossary'; code: string; language: string; work: Work; dueOn: string }

/** The letter to who is asked to translate a piece, or to read its translation. */
export const translationLetters: Letters = { 'translation-given': ({ taskId }, pen) => letter(taskId, pen) }

async function letter(taskId: string, pen: Pen): Promise<Letter | undefined> {
  const task = await one<Task>(
    'mail.translation',
    `select kind, code, language, work, due_on::text as "dueOn" from translation_tasks where id = $1 and ended_at is null`,
    [taskId],
  )
  // Taken back before the mail went out.
  if (!task) return undefined
  const { t } = pen
  const date = pen.date(Temporal.PlainDate.from(task.dueOn))
  const [name, address] = [pieceName(task), translationAddress(task)]
  const language = languageName(task.language, pen.lang)
  // A language agreed for a training is named; without it, Russian is meant.
  const texts = `mail.translating.${task.work}${task.language === 'ru' ? '' : 'In'}`
  return {
    subject: t(`${texts}.subject`, { date, name, language }),
    lines: [
      t(`${texts}.what`, { date, name, language, kind: t(`drafts.kind.${task.kind}`) }),
      t(`mail.translating.${task.work}.next`),
    ],
    button: { label: t('mail.translating.button'), href: pen.url(address) },
    why: t('mail.translating.why'),
  }
}
