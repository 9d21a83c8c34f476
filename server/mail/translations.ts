import { one } from '../../lib/db.ts'
import { pieceName } from '../../models/curriculum/pieces.ts'
import type { PieceKind } from '../../models/draft.ts'
import type { Work } from '../../models/translation.ts'
import type { Letter, Letters, Pen } from './index.ts'

type Task = { kind: PieceKind; code: string; work: Work; dueOn: string }

/** The letter to who is asked to translate a piece, or to read its Russian. */
export const translationLetters: Letters = { 'translation-given': ({ taskId }, pen) => letter(taskId, pen) }

async function letter(taskId: string, pen: Pen): Promise<Letter | undefined> {
  const task = await one<Task>(
    'mail.translation',
    `select kind, code, work, due_on::text as "dueOn" from translation_tasks where id = $1 and ended_at is null`,
    [taskId],
  )
  // Taken back before the mail went out.
  if (!task) return undefined
  const { t } = pen
  const date = pen.date(Temporal.PlainDate.from(task.dueOn))
  const name = pieceName(task)
  return {
    subject: t(`mail.translating.${task.work}.subject`, { date, name }),
    lines: [
      t(`mail.translating.${task.work}.what`, { date, name, kind: t(`drafts.kind.${task.kind}`) }),
      t(`mail.translating.${task.work}.next`),
    ],
    button: { label: t('mail.translating.button'), href: pen.url(`/manage/translations/${name}`) },
    why: t('mail.translating.why'),
  }
}
