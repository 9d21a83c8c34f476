import { fileURLToPath } from 'node:url'
import compression from 'compression'
import ejs from 'ejs'
import express, { type Express } from 'express'
import { type Assets, loadAssets } from '../lib/assets.ts'
import { bundles } from '../lib/bundles.ts'
import type { Config } from '../lib/config.ts'
import { loadTexts, type Texts } from '../lib/i18n.ts'
import { createPdfMaker, type PdfMaker } from '../lib/pdf.ts'
import { pagesOfEachLanguage, pagesWithoutLanguage } from '../routes/index.ts'
import { demoSignIns } from './demo/people.ts'
import { errorPage, notFound } from './errors.ts'
import { health } from './health.ts'
import { bodies } from './middleware/bodies.ts'
import { csrf } from './middleware/csrf.ts'
import { preferredLanguage, setLanguage } from './middleware/language.ts'
import { requestLog } from './middleware/request-log.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { currentActor, sessions } from './middleware/sessions.ts'
import { viewLocals, VIEW_NAMES } from './middleware/view-locals.ts'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export type House = { config: Config; texts: Texts; assets: Assets; pdf: PdfMaker }

/** Reads what the app needs once: texts and assets; the maker of documents starts with the first one. */
export function openHouse(config: Config, { withPseudo = config.demo } = {}): House {
  return {
    config,
    texts: loadTexts(`${ROOT}locales`, { withPseudo }),
    assets: loadAssets(`${ROOT}public`, bundles),
    pdf: createPdfMaker(),
  }
}

/** The whole application, in the order a request passes through it. */
export function createApp({ config, texts, assets, pdf }: House): Express {
  const app = express()
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  app.set('house', { config, texts, pdf, demo: config.demo ? demoSignIns() : null })
  app.disable('x-powered-by')
  views(app)

  app.use(requestLog)
  app.use(securityHeaders(config))
  app.use(health)
  app.use(assets.middleware)
  app.use(compression())
  app.use(sessions(config), ...currentActor)
  app.use(preferredLanguage(texts))
  for (const language of texts.languages) app.use(`/${language.code}`, setLanguage(language, texts))
  app.use(viewLocals(config, texts, assets))
  app.use(...bodies(config))
  app.use(csrf)

  app.use(pagesWithoutLanguage)
  app.use(
    texts.languages.map(language => `/${language.code}`),
    pagesOfEachLanguage,
  )
  app.use(notFound)
  app.use(errorPage)
  return app
}

/** Compiled once, each name of VIEW_NAMES bound to its own value: three times cheaper than EJS's usual `with`. */
function views(app: Express) {
  const options = {
    _with: false,
    strict: true,
    destructuredLocals: VIEW_NAMES,
    // Includes are written from the root ('/layout/top'): relative ones ask the disk anew at every rendering.
    root: `${ROOT}views`,
    cache: true,
  }
  app.engine('ejs', ((file: string, data: object, done: (error: Error | null, html?: string) => void) =>
    ejs.renderFile(file, data as ejs.Data, options as ejs.Options, done)) as never)
  app.set('view engine', 'ejs')
  app.set('views', [`${ROOT}views`])
  app.enable('view cache')
}
