import { Router } from 'express'

export const root = Router()

/** The bare address leads to the visitor's language. */
root.get('/', (req, res) => {
  res.redirect(302, `/${req.lang}/`)
})
