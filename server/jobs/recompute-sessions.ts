import { log } from '../../lib/log.ts'
import { tellZoneChange, trainingsToldWrongly } from '../../models/announcing.ts'
import { recomputeInstants } from '../../models/scheduling.ts'

/**
 * Makes instants anew where zone data changed, and tells people whose sessions moved. What they were told is looked at
 * by itself, so that a death between the two steps loses no news: the next run finds it still wrong.
 */
export async function recomputeSessions() {
  const moved = await recomputeInstants()
  if (moved.length) log.warn({ sessions: moved }, 'sessions moved because zone data changed')
  for (const trainingId of await trainingsToldWrongly()) await tellZoneChange(trainingId)
}
