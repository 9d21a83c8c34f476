import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { loadCurriculum } from '../../models/curriculum/loading.ts'
import { publishProposals } from '../../models/curriculum/publishing.ts'
import '../support/app.ts'
import { aPerson } from '../support/people.ts'

const SHIPPED = path.join(import.meta.dirname, '../../curriculum')
const folders: string[] = []

/** The shipped curriculum as it was when only the first two lessons of RMC-01 and twenty questions were written. */
function twoLessons(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'rtcm-earlier-'))
  folders.push(dir)
  cpSync(SHIPPED, dir, { recursive: true })
  const file = (name: string) => path.join(dir, 'RMC-01', name)
  const rewrite = (name: string, change: (text: string) => string) =>
    writeFileSync(file(name), change(readFileSync(file(name), 'utf8')))
  for (const name of ['L3', 'L4']) for (const language of ['en', 'ru']) rmSync(file(`${name}.${language}.md`))
  rewrite('module.yaml', text => text.replace(/^ {4}file: L[34]\n/gm, '').replace(/^ {2}pre_post:\n(?: {4}.*\n)+/m, ''))
  rewrite('bank.yaml', text => text.slice(0, text.indexOf('- code: RMC-01-Q21')))
  return dir
}

const load = async (dir: string, publish: boolean) => {
  const { problems, deeds } = await loadCurriculum(dir, { publish, actor: null })
  expect(problems).to.deep.equal([])
  const { deed, version } = deeds.find(({ code }) => code === 'RMC-01')!
  return `${version} ${deed}`
}

/** Enrolls somebody in a training of the newest published version; returns the codes of that person's lessons. */
async function enrolls() {
  const { id } = await aPerson()
  await sql(
    null,
    `with t as (insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, status, created_at)
       select 'RMC-01-' || v.major, c.id, v.id, 'self_paced', 'open', v.hours, 'running', $2 from courses c
       join course_versions v on v.course_id = c.id and v.published_at is not null
       where c.code = 'RMC-01' order by v.major desc, v.minor desc limit 1 returning id, course_version_id)
     insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at)
     select t.id, $1, t.course_version_id, 'self', 'enrolled', 'woman', $2 from t`,
    [id, now()],
  )
  return () => lessonsOf(id)
}

async function lessonsOf(person: string) {
  const rows = await sql<{ code: string }>(
    null,
    `select l.code from enrollments e join course_parts p on p.course_version_id = e.course_version_id
     join lesson_versions v on v.id = p.lesson_version_id join lessons l on l.id = v.lesson_id
     where e.person_id = $1 order by p.position`,
    [person],
  )
  return rows.map(({ code }) => code.replace('RMC-01-', ''))
}

describe('A module that gains lessons', function () {
  this.timeout(30_000)
  after(() => {
    for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
  })

  it('becomes a major version, proposed; whoever learns stays on the version they began', async () => {
    expect(await load(twoLessons(), true)).to.equal('1.0 published')
    const earlier = await enrolls()
    expect(await load(SHIPPED, false)).to.equal('2.0 proposed')
    expect(await earlier()).to.deep.equal(['L1', 'L2'])
    expect(await publishProposals(null)).to.include('RMC-01 2.0')
    const later = await enrolls()
    expect(await earlier()).to.deep.equal(['L1', 'L2'])
    expect(await later()).to.deep.equal(['L1', 'L2', 'L3', 'L4'])
    expect(await load(SHIPPED, false)).to.equal('2.0 unchanged')
  })
})
