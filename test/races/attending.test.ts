import { expect } from 'chai'
import { inTransaction, one, sql } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import type { AttendanceStatus } from '../../models/attendance.ts'
import { attend } from '../../models/attending.ts'
import { recheck, recheckTraining } from '../../models/completing.ts'
import { attendeesOf, keepList, useList } from '../../models/importing-attendance.ts'
import { Session } from '../../models/index.ts'
import { callOff } from '../../models/scheduling.ts'
import { closeCode, enterCode, openCode } from '../../models/showing-codes.ts'
import { walkIn } from '../../models/walking-in.ts'
import { aRoom } from '../support/attendance.ts'
import { at40 } from '../support/at40.ts'
import { actors, atOnce } from '../support/crowd.ts'
import { finished } from '../support/finishing.ts'
import type { SomeEnrollment, SomeTraining } from '../support/trainings.ts'
import { refusalOf } from '../support/refusals.ts'

describe('attending under 40 connections', () => {
  let coordinator: Actor
  let training: SomeTraining
  let session: string
  let places: SomeEnrollment[]

  beforeEach(async () => {
    ;({ coordinator, training, session, places } = await aRoom({ seats: 3 }))
  })

  const count = async (what: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${what}`))!.n
  const mark = (n: number, status: AttendanceStatus, seen: number | null) =>
    attend(coordinator, session, [{ enrollmentId: places[n]!.id, status, seen }], { source: 'trainer' })

  it('the same mark from forty is one mark without a trail', async () => {
    await at40(() => mark(0, 'present', 0))
    expect(await count('attendances')).to.equal(1)
    expect(await count('attendance_corrections')).to.equal(0)
  })

  it('of forty who correct the same mark one wins, and the others are told', async () => {
    await mark(0, 'present', 0)
    const answers = await at40(n => mark(0, n % 2 ? 'absent' : 'present', n % 2 ? 1 : 0))
    expect(answers.filter(each => each.saved).length).to.equal(1)
    expect(await count('attendance_corrections')).to.equal(1)
    expect(await one(null, 'select revision from attendances')).to.deep.equal({ revision: 2 })
  })

  it('two trainers who mark different people lose nothing, in whatever order they name them', async () => {
    await at40(n => {
      const all = places.map(({ id }) => ({ enrollmentId: id, status: 'present' as const, seen: 0 }))
      return attend(coordinator, session, n % 2 ? all : all.toReversed(), {
        source: 'trainer',
        restPresent: n % 3 === 0,
      })
    })
    expect(await count('attendances')).to.equal(3)
    expect(await count('attendance_corrections')).to.equal(0)
  })

  it('marks and a calling off: either it took place or it was called off', async () => {
    await at40(n =>
      n % 2
        ? refusalOf(() => mark(n % 3, 'present', 0))
        : refusalOf(async () => callOff(coordinator, (await Session.findByPk(session)) as Session, 'why')),
    )
    const marks = await count('attendances')
    expect(await count('sessions')).to.equal(marks ? 1 : 0)
  })

  it('forty who open the window show one code, and forty who close it close it once', async () => {
    const windows = await at40(() => openCode(coordinator, session, 10))
    expect(new Set(windows.map(each => each.code)).size).to.equal(1)
    expect(await count('attendance_codes')).to.equal(1)
    await at40(() => closeCode(coordinator, session))
    expect(await count(`audit_entries where action = 'attendance-code.closed'`)).to.equal(1)
  })

  it('forty learners with the code are marked once each, however often they send it', async () => {
    const { code } = await openCode(coordinator, session, 10)
    const learners = await actors(20)
    for (const learner of learners)
      await sql(
        null,
        `insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at)
         values ($1, $2, $3, 'self', 'enrolled', 'woman', now())`,
        [training.id, learner.id, training.course.versionId],
      )
    await atOnce([...learners, ...learners], learner => enterCode(learner, training.id, code))
    expect(await count(`attendances where status = 'present' and source = 'code'`)).to.equal(20)
  })

  it('the same newcomer entered by forty is one person with one place and one mark', async () => {
    const guest = {
      ...{
        nameLatin: 'Gulnara Bekova',
        email: 'gulnara@ministry.example',
        country: 'KG',
        organization: null,
        another: false,
      },
    }
    const answers = await at40(() => refusalOf(() => walkIn(coordinator, training.id, session, guest)))
    expect(answers.filter(each => each !== 'yes')).to.deep.equal([])
    expect(await count(`people where name_latin = 'Gulnara Bekova'`)).to.equal(1)
    expect(await count(`enrollments where source = 'walk_in'`)).to.equal(1)
    expect(await count('attendances')).to.equal(1)
    const nameless = { ...guest, nameLatin: 'Nurlan Osmonov', email: null }
    const again = await at40(() => refusalOf(() => walkIn(coordinator, training.id, session, nameless)))
    expect(again.filter(each => each === 'yes')).to.have.length(1)
    expect(new Set(again)).to.deep.equal(new Set(['yes', 'attendance.sameName']))
    expect(await count(`people where name_latin = 'Nurlan Osmonov'`)).to.equal(1)
  })

  it('a list used forty times is used once', async () => {
    const row = (await Session.findByPk(session))!
    const rows = attendeesOf([{ name: 'A', email: '', joined: '', left: '', minutes: 90 }], row as never, 'Asia/Baku')
    const list = await keepList(coordinator, row as never, { name: null, rows })
    const use = () => useList(coordinator, session, list, { chosen: [places[0]!.id], absentRest: [], why: null })
    const answers = await at40(() => refusalOf(use))
    expect(answers.filter(each => each === 'yes')).to.have.length(1)
    expect(await count('attendances')).to.equal(1)
  })

  it('forty marks that complete a learner make them eligible once, with one mail', async () => {
    await finished(places[0]!)
    await at40<unknown>(n => (n % 2 ? mark(0, 'present', 0) : recheckTraining(training.id)))
    expect(await count(`transitions where to_status = 'eligible'`)).to.equal(1)
    expect(await count(`mails where kind = 'certificate-ready'`)).to.equal(1)
    await inTransaction(() => recheck(places[0]!.id))
  })
})
