import { Router } from 'express'

export const homepage = Router()

homepage.get('/', (_req, res) => {
  res.render('homepage/show', { page: {} })
})
