import { type Request, type Response, Router } from 'express'
import {
  bulkMailOf,
  bulkMailsOf,
  changeBulkMail,
  countAudiences,
  discardBulkMail,
  progressOf,
  RESULTS,
  type Result,
  recipientsOf,
  sendBulkMail,
  sendTest,
  trainingToMail,
  unwantedBy,
  writeBulkMail,
} from '../../models/bulk-mailing.ts'
import { mailsGroups } from '../../models/policies/bulk-mail.ts'
import { bulkMailForm, draftOf, valuesOf } from '../forms/bulk-mails.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { houseOf } from '../house.ts'
import {
  audienceOptions,
  bulkRow,
  previews,
  progressInWords,
  recipientRow,
  resultFilter,
} from '../present/bulk-mails.ts'
import { wordsIn } from '../present/words.ts'
import { seenAfterAnswer } from '../seen.ts'

/** Mails to a group of one training: written in both languages, tried on oneself, sent once, followed to each reader. */
export const manageBulkMails = Router()

const PATH = '/manage/trainings/:code/mails'
const SIZE = 100

manageBulkMails.get(PATH, signedIn, async (req, res) => {
  const training = await trainingOf(req)
  const rows = await bulkMailsOf(training.id)
  res.render('manage/bulk-mails/index', {
    page: { ...head(req, training), rows: rows.map(row => bulkRow(row, req, training.code)) },
  })
})

manageBulkMails.get(`${PATH}/new`, signedIn, showNew)

manageBulkMails.post(`${PATH}/new`, signedIn, async (req, res) => {
  const training = await trainingOf(req)
  const { values, errors } = parse(req, bulkMailForm)
  if (errors) return again(req, res, showNew, errors)
  const id = await writeBulkMail(req.actor, training.id, draftOf(values))
  res.redirect(303, `${baseOf(req, training.code)}/${id}?done=bulk-written`)
})

manageBulkMails.get(`${PATH}/:id`, signedIn, showOne)

manageBulkMails.get(`${PATH}/:id/edit`, signedIn, showEdit)

manageBulkMails.post(`${PATH}/:id/edit`, signedIn, async (req, res) => {
  const { training, mail } = await mailOf(req)
  const { values, errors } = parse(req, bulkMailForm)
  if (errors) return again(req, res, showEdit, errors)
  if (!(await orAgain(req, res, showEdit, () => changeBulkMail(req.actor, mail.id, draftOf(values))))) return
  res.redirect(303, `${baseOf(req, training.code)}/${mail.id}?done=bulk-written`)
})

manageBulkMails.post(`${PATH}/:id/test`, signedIn, async (req, res) => {
  const { training, mail } = await mailOf(req)
  await sendTest(req.actor, mail.id)
  res.redirect(303, `${baseOf(req, training.code)}/${mail.id}?done=bulk-test`)
})

manageBulkMails.post(`${PATH}/:id/sending`, signedIn, async (req, res) => {
  const { training, mail } = await mailOf(req)
  if (!(await orAgain(req, res, showOne, () => sendBulkMail(req.actor, mail.id)))) return
  res.redirect(303, `${baseOf(req, training.code)}/${mail.id}?done=bulk-sent`)
})

manageBulkMails.post(`${PATH}/:id/removal`, signedIn, async (req, res) => {
  const { training, mail } = await mailOf(req)
  if (!(await orAgain(req, res, showOne, () => discardBulkMail(req.actor, mail.id)))) return
  res.redirect(303, `${baseOf(req, training.code)}?done=bulk-discarded`)
})

async function showNew(req: Request, res: Response) {
  const training = await trainingOf(req)
  await showForm(req, res, training, { audience: 'enrolled' }, `${baseOf(req, training.code)}/new`, false)
}

async function showEdit(req: Request, res: Response) {
  const { training, mail } = await mailOf(req)
  await showForm(req, res, training, valuesOf(mail), `${baseOf(req, training.code)}/${mail.id}/edit`, true)
}

async function showForm(
  req: Request,
  res: Response,
  training: Training,
  values: Record<string, unknown>,
  action: string,
  exists: boolean,
) {
  const form = formOf(req, values)
  const counts = await countAudiences(training.id)
  res.render('manage/bulk-mails/edit', {
    page: { ...head(req, training), form, action, exists, audiences: audienceOptions(counts, req.t) },
  })
}

async function showOne(req: Request, res: Response) {
  const { training, mail } = await mailOf(req)
  const base = `${baseOf(req, training.code)}/${mail.id}`
  const page = {
    ...head(req, training),
    problems: formOf(req).errors,
    path: base,
    subject: wordsIn(mail.subject, req.lang),
    audience: req.t(`bulk.audiences.${mail.audience}`),
    by: mail.by,
    createdAt: mail.createdAt,
    sentAt: mail.sentAt,
    previews: previews(mail, houseOf(req).texts),
  }
  if (!mail.sentAt) {
    const counts = await countAudiences(training.id)
    return res.render('manage/bulk-mails/draft', { page: { ...page, count: counts[mail.audience] } })
  }
  const state = RESULTS.find(each => each === req.query.state) ?? null
  const after = typeof req.query.after === 'string' && /^[1-9]\d{0,17}$/.test(req.query.after) ? req.query.after : null
  const rows = await recipientsOf(mail.id, state, after, SIZE)
  const shown = rows.slice(0, SIZE)
  const unwanted = await unwantedBy(mail.id)
  const progress = await progressOf(mail.id)
  seenAfterAnswer(
    req,
    res,
    [...shown.flatMap(row => row.personId ?? []), ...unwanted.map(each => each.id)],
    'enrollments',
  )
  const link = (query: { state?: Result | null; after?: string }) => {
    const given = Object.entries({ state, ...query }).filter((pair): pair is [string, string] => Boolean(pair[1]))
    return given.length ? `${base}?${new URLSearchParams(given)}` : base
  }
  res.render('manage/bulk-mails/show', {
    page: {
      ...page,
      progress: progressInWords(progress, req.t),
      finished: progress.waiting === 0,
      rows: shown.map(row => recipientRow(row, req.t)),
      unwanted: unwanted.map(each => each.name ?? ''),
      states: resultFilter(progress, state, req.t, each => link({ state: each })),
      first: after ? link({}) : null,
      more: rows.length > SIZE ? link({ after: shown.at(-1)!.id }) : null,
      refresh: link({}),
    },
  })
}

type Training = Awaited<ReturnType<typeof trainingOf>>

/** The training of the address for those who write to its groups; to others it is not there. */
async function trainingOf(req: Request) {
  const training = await found(trainingToMail(String(req.params.code)))
  return found(mailsGroups(req.actor, training) ? training : undefined)
}

async function mailOf(req: Request) {
  const training = await trainingOf(req)
  const mail = await found(bulkMailOf(training.id, idOf(req.params.id)))
  return { training, mail }
}

const baseOf = (req: Request, code: string) => `/${req.lang}/manage/trainings/${code}/mails`
const head = (req: Request, training: { code: string; title: { en: string; ru: string } }) => ({
  code: training.code,
  title: wordsIn(training.title, req.lang),
  base: baseOf(req, training.code),
})
