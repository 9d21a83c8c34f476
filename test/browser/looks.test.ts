import { origin } from '../support/app.ts'
import { aWindow, closeBrowser, type Window } from '../support/browser.ts'
import type { Reader } from '../support/reader.ts'
import type { Row } from '../laws/access/who.ts'
import { table } from '../laws/access-table.ts'
import { none } from '../laws/tree.ts'
import { aWorld, type Persona, type World } from '../laws/world.ts'

/** Axe on every page of the journeys: English, Russian and mirrored; light and dark; 360 and 1280 px wide. */

const LANGUAGES = ['en', 'ru', 'ar-xb']
const WIDTHS = [360, 1280]

/** Routes by who walks them. */
const PAGES: Partial<Record<Persona, string[]>> = {
  guest: [
    '/:lang/',
    '/:lang/courses',
    '/:lang/courses/:code',
    '/:lang/trainings',
    '/:lang/trainings/:code',
    '/:lang/register',
    '/:lang/confirm',
    '/:lang/confirm/:token',
    '/:lang/sign-in',
    '/:lang/reset-password',
    '/:lang/reset-password/:token',
    '/:lang/glossary',
    '/:lang/privacy',
    '/verify',
    '/verify/:code',
  ],
  owner: [
    '/:lang/home',
    '/:lang/trainings/:code',
    '/:lang/trainings/:code/lessons/:lesson',
    '/:lang/trainings/:code/reading',
    '/:lang/trainings/:code/test',
    '/:lang/trainings/:code/attempts/:number/:page',
    '/:lang/trainings/:code/attempts/:number/check',
    '/:lang/trainings/:code/attempts/:number/result',
    '/:lang/trainings/:code/evaluation',
    '/:lang/trainings/:code/enrollment/withdrawal',
    '/:lang/enrollments/:id/names',
    '/:lang/certificates',
    '/:lang/me',
    '/:lang/me/data',
    '/:lang/me/sign-ins',
  ],
  trainer: ['/:lang/home', '/:lang/teaching', '/:lang/teaching/:code', '/:lang/teaching/:code/room'],
  coordinator: [
    '/:lang/home',
    '/:lang/manage/certificates',
    '/:lang/manage/certificates/contributions',
    '/:lang/manage/certificates/issued',
    '/:lang/manage/certificates/:code',
    '/:lang/manage/certificates/:code/replacement',
    '/:lang/manage/certificates/:code/revocation',
    '/:lang/manage/trainings',
    '/:lang/manage/trainings/:code',
    '/:lang/manage/trainings/:code/people',
    '/:lang/manage/trainings/:code/people/new',
    '/:lang/manage/trainings/:code/signing',
    '/:lang/manage/trainings/:code/copy',
    '/:lang/manage/projects',
    '/:lang/manage/projects/new',
    '/:lang/manage/projects/:code',
    '/:lang/manage/trainings/:code/participants',
    '/:lang/manage/people',
    '/:lang/manage/people/:id',
    '/:lang/manage/mails',
    '/:lang/manage/mails/:id',
    '/:lang/manage/jobs',
    '/:lang/manage/audit',
    '/:lang/manage/settings',
    '/:lang/manage/settings/signatories',
    '/:lang/manage/curriculum',
    '/:lang/manage/curriculum/:module/pictures',
    '/:lang/manage/curriculum/:module/files',
    '/:lang/manage/curriculum/:module/files/:name',
    '/:lang/manage/curriculum/:piece/diagrams',
    '/:lang/manage/curriculum/:piece/diagrams/:code',
    '/:lang/manage/curriculum/:piece/edit',
  ],
}

describe('axe finds nothing on the pages of the journeys', function () {
  this.timeout(900_000)
  let world: World
  beforeEach(async () => {
    world = await aWorld()
  })
  after(closeBrowser)

  for (const persona of Object.keys(PAGES) as Persona[])
    for (const width of WIDTHS)
      it(`as ${persona}, ${width} px wide`, async () => {
        const faults: string[] = []
        const window = await aWindow({ origin: origin() }, { width })
        await signInAs(window, world.readers[persona])
        for (const row of rowsOf(persona)) faults.push(...(await faultsOf(window, row, width)))
        await window.close()
        none(faults)
      })

  async function faultsOf(window: Window, row: Row, width: number): Promise<string[]> {
    const faults: string[] = []
    for (const language of row.route.includes('/:lang') ? LANGUAGES : ['en']) {
      const path = row.at(world).replace(/^\/en\//, `/${language}/`)
      await window.page.emulateMedia({ colorScheme: 'light' })
      await window.go(path)
      const light = await window.faults()
      await window.page.emulateMedia({ colorScheme: 'dark' })
      const dark = await window.faults(['color-contrast', 'link-in-text-block'])
      faults.push(
        ...light.map(fault => `${path} ${width} light ${fault}`),
        ...dark.map(fault => `${path} ${width} dark ${fault}`),
      )
    }
    return faults
  }
})

const rowsOf = (persona: Persona): Row[] =>
  PAGES[persona]!.map(route => {
    const row = table.find(each => each.route === `GET ${route}`)
    if (!row) throw new Error(`No such route: ${route}`)
    return row
  })

/** The browser takes over the sign-in session of a reader. */
async function signInAs(window: Window, reader: Reader) {
  const { jar } = reader.agent as unknown as {
    jar: { getCookies(access: unknown): { name: string; value: string }[] & object }
  }
  const cookies = [...jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false })]
  await window.context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: origin() })))
}
