import { inScope } from '../../lib/db.ts'
import type { Config } from '../../lib/config.ts'
import { loadCurriculum } from '../../models/curriculum/loading.ts'
import { daysAgo, nothingIsLate } from './acting.ts'
import { fillAttendance } from './attendance.ts'
import { DEMO_LEARNERS } from './learners.ts'
import { fillMaterials } from './materials.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE, fillPeople } from './people.ts'
import { fillRequests } from './requests.ts'
import { fillSessions } from './sessions.ts'
import { DEMO_TRAINERS } from './trainers.ts'
import { fillStates } from '../states.ts'
import { fillSignatories, fillTrainings } from './trainings.ts'
import { fillWeek } from './week.ts'
import { fillWorks } from './works.ts'

const CURRICULUM = new URL('../../curriculum', import.meta.url).pathname

/**
 * Fills a demo: States, the curriculum as it is in the files, people, a few trainings at different points of their life.
 * Each part is one transaction and is done once: running it again changes nothing.
 */
export async function fillDemo({ dataKey, uploadsDir }: Pick<Config, 'dataKey' | 'uploadsDir'>) {
  await inScope(async () => {
    await fillStates()
    const { problems } = await loadCurriculum(CURRICULUM, { publish: true, actor: null, uploads: uploadsDir })
    for (const { file, line, message } of problems) console.error(`${file}:${line}  ${message}`)
    await daysAgo(90, () => fillPeople([...DEMO_PEOPLE, ...DEMO_TRAINERS, ...DEMO_LEARNERS]))
    await daysAgo(89, fillSignatories)
    if (!problems.length) await fillTrainings(dataKey)
    await fillSessions()
    if (!problems.length) await fillWeek(dataKey)
    await fillWorks()
    await fillAttendance()
    await fillMaterials({ uploadsDir })
    if (!problems.length) await fillRequests()
    await nothingIsLate()
  })
}

/** Says on the console where the demo is and who can sign in. */
export function greetDemo({ baseUrl }: Config) {
  const people = DEMO_PEOPLE.map(({ email, does }) => `  ${email.padEnd(30)} ${does}`).join('\n')
  console.log(
    `\nRTCM learning platform, demonstration: ${baseUrl}/\nSign in with the password ${DEMO_PASSWORD} as\n${people}\n` +
      `No mail leaves the demonstration: read it at ${baseUrl}/en/outbox\n`,
  )
}
