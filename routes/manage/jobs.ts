import { Router } from 'express'
import { queueState } from '../../lib/queue.ts'
import { now } from '../../lib/time.ts'
import { failedJobs, jobThere, waitingJobs } from '../../models/outbox.ts'
import { tryAgain, tryAllAgain } from '../../models/retrying.ts'
import { found, idOf, staff } from '../guards.ts'
import { jobRow, queueFacts } from '../present/mails.ts'

export const manageJobs = Router()

const SHOWN = 100

/** What the queue still has to do, and what it gave up. */
manageJobs.get('/manage/jobs', staff, async (req, res) => {
  const at = now()
  const queue = await queueState()
  const failed = await failedJobs(at, SHOWN)
  const waiting = await waitingJobs(at, SHOWN)
  const rows = (jobs: typeof failed) => jobs.map(job => jobRow(job, req.t, req.lang))
  res.render('manage/jobs/index', {
    page: { queue: queueFacts(queue, at), failed: rows(failed), waiting: rows(waiting), shown: SHOWN },
  })
})

manageJobs.post('/manage/jobs/another-try', staff, async (req, res) => {
  await tryAllAgain(req.actor)
  res.redirect(303, `/${req.lang}/manage/jobs?done=jobs-queued`)
})

manageJobs.post('/manage/jobs/:id/another-try', staff, async (req, res) => {
  const { id } = await found(jobThere(idOf(req.params.id)))
  await tryAgain(req.actor, id)
  res.redirect(303, `/${req.lang}/manage/jobs?done=job-queued`)
})
