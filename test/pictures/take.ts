import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_PASSWORD } from '../../server/demo/people.ts'
import '../support/app.ts'
import { aSite, aWindow, closeBrowser, type Looks, type Site } from '../support/browser.ts'

// npm run pictures: takes the pictures of README and guides from the demo, so that they show what is there.
const FOLDER = new URL('../../docs/pictures', import.meta.url).pathname

type Picture = { name: string; path: string; as?: string; looks?: Looks; height?: number }

const PICTURES: Picture[] = [
  { name: 'course-en', path: '/en/courses/RMC-01' },
  {
    name: 'lesson-ru-phone',
    path: '/ru/trainings/RMC-01-2026-SELF/lessons/RMC-01-L1',
    as: 'learner',
    looks: { width: 400 },
    height: 800,
  },
]

describe('pictures', function () {
  this.timeout(120_000)
  let site: Site

  before(() => mkdirSync(FOLDER, { recursive: true }))
  after(closeBrowser)

  for (const { name, path, as, looks, height = 800 } of PICTURES)
    it(name, async () => {
      site = await aSite()
      const window = await aWindow(site, looks)
      const { page } = window
      if (as) {
        await page.goto('/en/sign-in')
        await page.fill('#email', `${as}@rtcm.example`)
        await page.fill('#password', DEMO_PASSWORD)
        await page.click('main form button')
        await page.waitForURL('**/home')
      }
      await page.goto(path)
      await page.setViewportSize({ width: looks?.width ?? 1280, height })
      await page.screenshot({ path: join(FOLDER, `${name}.png`) })
      await window.close()
      await site.close()
    })
})
