import { Router } from 'express'
import { homepage } from './homepage.ts'
import { root } from './root.ts'
import { signIns } from './sign-ins.ts'

/** Everything reachable under a language, in three lists: public, signed in, staff. */
export const pagesOfEachLanguage = Router()

const open = [homepage, signIns]
const forSignedIn: Router[] = []
const forStaff: Router[] = []

pagesOfEachLanguage.use(...open, ...forSignedIn, ...forStaff)

/** Addresses without a language: the crossroads, and what machines and papers point to. */
export const pagesWithoutLanguage = Router()
pagesWithoutLanguage.use(root)
