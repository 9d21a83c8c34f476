import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setClock } from '../../lib/time.ts'
import '../support/app.ts'
import { theLectureBegins } from '../support/attendance.ts'
import { aSite, aWindow, closeBrowser, type Site, type Window, worked } from '../support/browser.ts'
import { PICTURES, type Picture } from './list.ts'
import { squeeze } from './squeezing.ts'

// npm run pictures: takes the pictures of README and guides from the demo, so that they show what is there.
/** White above what is shown, in pixels. */
const ABOVE = 12
const FOLDER = new URL('../../docs/pictures', import.meta.url).pathname

describe('pictures', function () {
  this.timeout(300_000)

  after(closeBrowser)

  it('of README and of the guides are taken', async () => {
    mkdirSync(FOLDER, { recursive: true })
    const site = await aSite()
    await worked()
    await theLectureBegins()
    for (const picture of PICTURES) writeFileSync(join(FOLDER, `${picture.name}.png`), await taken(site, picture))
    setClock()
    await site.close()
  })
})

async function taken(site: Site, { path, follow, as, width, height, from }: Picture): Promise<Buffer> {
  const window = await aWindow(site, { width, locale: path.slice(1, 3) })
  if (as) await window.signIn('en', `${as}@rtcm.example`)
  await window.go(path)
  if (follow) await window.follow(follow)
  // High enough for the part that is wanted; a picture ends where the page has nothing more to say.
  await window.page.setViewportSize({ width, height: from ? 2400 : height })
  const png = await window.page.screenshot({ clip: from ? await partOf(window, from, height) : undefined })
  await window.close()
  return squeeze(png)
}

async function partOf({ page }: Window, from: string, height: number) {
  const main = (await page.locator('main').boundingBox())!
  const y = Math.max(main.y, (await page.locator(from).boundingBox())!.y - ABOVE)
  return { x: 0, y, width: main.x * 2 + main.width, height: Math.min(height, main.y + main.height - y) }
}
