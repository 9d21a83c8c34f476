import type { Request } from 'express'
import { publishes } from '../../models/policies/draft.ts'
import { type Task, translators } from '../../models/translation.ts'
import { formOf } from '../forms/again.ts'

/** The form by which somebody is asked to translate a text; without people for who asks nobody. */
export const askingPart = async (req: Request, { task }: { task: Task | null }) => ({
  form: formOf(req, { person: task?.personId ?? '', dueOn: task?.dueOn ?? '' }),
  people: publishes(req.actor).ok ? (await translators()).map(({ id, name }) => ({ value: id, label: name })) : null,
})
