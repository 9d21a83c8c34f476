import { Router } from 'express'
import { DATA_NOTICE } from '../models/data-notice.ts'
import { UNCONFIRMED_DAYS } from '../models/registering.ts'
import { setting } from '../models/settings.ts'

export const privacy = Router()

/** What is kept about people, what for, who sees it and how long: the text that registration asks to agree to. */
privacy.get('/privacy', async (_req, res) => {
  const { email } = await setting('contact')
  res.render('privacy/show', { page: { ...DATA_NOTICE, unconfirmedDays: UNCONFIRMED_DAYS, contact: email } })
})
