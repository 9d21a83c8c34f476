import { inTransaction } from '../../lib/db.ts'
import { tellAgenda as tell } from '../../models/agenda-news.ts'

/** Makes the mails about a published agenda, all or none. */
export async function tellAgenda({ trainingId, number }: { trainingId: string; number: number }) {
  await inTransaction(() => tell(trainingId, number))
}
