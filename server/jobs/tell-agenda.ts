import { inTransaction } from '../../lib/db.ts'
import { tellAgenda as tell } from '../../models/agenda-news.ts'
import type { Jobs } from '../../models/jobs.ts'

/** Makes the mails about a published agenda, all or none. */
export async function tellAgenda({ trainingId, number, resumed }: Jobs['agenda.tell']) {
  await inTransaction(() => tell(trainingId, number, resumed))
}
