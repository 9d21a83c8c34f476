import { type Request, type Response, Router } from 'express'
import { placeIn } from '../models/assignment-lists.ts'
import { extend, extensionsOf } from '../models/extending.ts'
import { givesTime } from '../models/policies/marking.ts'
import { personInRoom } from '../models/room.ts'
import { submissionsOf } from '../models/submission.ts'
import { dueNow } from '../models/submitting.ts'
import { again, formOf, orAgain, parse } from './forms/again.ts'
import { extensionForm, wallOf } from './forms/marking.ts'
import { found, idOf, permit, signedIn } from './guards.ts'
import { extensionPage, valuesOfDue } from './present/extensions.ts'
import { seenAfterAnswer } from './seen.ts'
import { taughtHere } from './teaching.ts'

/** More time for one person's assignment, given by the trainer in charge from the list of who will be in the room. */
export const extensions = Router()

const PATH = '/teaching/:code/room/:id/extension'

extensions.get(PATH, signedIn, show)

extensions.post(PATH, signedIn, async (req: Request, res: Response) => {
  const { place } = await inTheRoom(req)
  const { values, errors } = parse(req, extensionForm)
  if (errors) return again(req, res, show, errors)
  if (!(await orAgain(req, res, show, () => extend(req.actor, place, wallOf(values), values.reason)))) return
  res.redirect(303, `/${req.lang}/teaching/${place.code}/room?done=time-given`)
})

async function show(req: Request, res: Response) {
  const { name, place } = await inTheRoom(req)
  const due = dueNow(place, (await submissionsOf(place)).at(-1))
  const given = await extensionsOf(place.enrollmentId)
  seenAfterAnswer(req, res, [place.personId], 'enrollments')
  res.render('teaching/extension', {
    page: extensionPage(req, { name, place, due, extensions: given, form: formOf(req, valuesOfDue(due)) }),
  })
}

/** The person of this address, with the assignment that is before them. */
async function inTheRoom(req: Request) {
  const training = await taughtHere(req)
  const id = idOf(req.params.id)
  const { name } = await found(personInRoom(req.actor, training.id, id))
  const place = await found(placeIn(training.id, id))
  permit(givesTime(req.actor, training))
  return { name, place }
}
