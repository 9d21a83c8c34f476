import type { Request } from 'express'
import { runs, seesRunning } from '../models/policies/running.ts'
import { Training } from '../models/training.ts'
import { found, permit } from './guards.ts'

/** The training of the address for the Center's staff and those in charge of it; to others it is not there. */
export async function trainingSeen(req: Request): Promise<Training> {
  const training = await found(Training.findOne({ where: { code: String(req.params.code).toUpperCase() } }))
  return found(seesRunning(req.actor, training) ? training : undefined)
}

/** The same for those who run it; staff who only see it may not change it. */
export async function runnable(req: Request): Promise<Training> {
  const training = await trainingSeen(req)
  permit(runs(req.actor, training))
  return training
}
