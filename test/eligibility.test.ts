import { expect } from 'chai'
import { mayStart, type StartingFacts } from '../models/attempting.ts'
import { type Earned, issuable } from '../models/certifying.ts'
import { type Facts, missingFor, type Rules } from '../models/completing.ts'
import { eligibility, enrollmentOpen, isFull, type Terms, withdrawal } from '../models/policies/enrollment.ts'
import type { Verdict } from '../models/refused.ts'

/** Who may enroll, begin a test and be certified: the rules alone, at their edges. */

const at = Temporal.Instant.from('2026-12-01T08:00:00Z')
const later = at.add({ milliseconds: 1 })
const said = (verdict: Verdict) => (verdict.ok ? 'yes' : verdict.reason)

describe('who may enroll', () => {
  const terms: Terms = {
    ...{ format: 'blended', status: 'published', zone: 'Asia/Baku', startsOn: '2026-12-01', endsOn: '2026-12-01' },
    ...{ enrollUntil: null, mode: 'open', seats: null, taken: 0 },
  }
  const open = (changes: Partial<Terms>, when = at) => said(enrollmentOpen({ ...terms, ...changes }, when))

  it('a training takes people until it has begun, ended or is off', () => {
    expect(open({})).to.equal('yes')
    expect(open({ status: 'running' })).to.equal('yes')
    expect(open({ status: 'canceled' })).to.equal('enrollment.canceled')
    expect(open({ status: 'postponed' })).to.equal('enrollment.postponed')
    expect(open({ status: 'draft' })).to.equal('enrollment.notYet')
    expect(open({ status: 'closed' })).to.equal('enrollment.over')
    expect(open({ endsOn: '2026-11-30' })).to.equal('enrollment.over')
    expect(open({ startsOn: '2026-11-30' })).to.equal('enrollment.started')
    expect(open({ startsOn: null, endsOn: null })).to.equal('yes')
    expect(open({ startsOn: '2026-11-30', format: 'self_paced' }), 'self-paced begins with each').to.equal('yes')
    expect(open({}, Temporal.Instant.from('2026-12-01T20:00:00Z')), 'midnight in Baku').to.equal('enrollment.over')
    expect(open({ zone: 'Europe/Rome' }, Temporal.Instant.from('2026-12-01T20:00:00Z'))).to.equal('yes')
  })

  it('a date until which people enroll is what counts, to the moment', () => {
    expect(open({ enrollUntil: later })).to.equal('yes')
    expect(open({ enrollUntil: at })).to.equal('enrollment.deadline')
    expect(open({ enrollUntil: later, startsOn: '2026-11-30' }), 'also after the start').to.equal('yes')
  })

  it('leads to a place, the waiting list or a request, and not without the courses before', () => {
    const leads = (changes: Partial<Terms>, unmet: string[] = []) => {
      const verdict = eligibility({ ...terms, ...changes }, unmet, at)
      return verdict.ok ? verdict.leadsTo : verdict.reason
    }
    expect(leads({})).to.equal('enrolled')
    expect(leads({ seats: 2, taken: 1 })).to.equal('enrolled')
    expect(leads({ seats: 2, taken: 2 })).to.equal('waiting')
    expect(leads({ seats: 2, taken: 3 })).to.equal('waiting')
    expect(leads({ seats: 2, taken: 2, mode: 'approval' })).to.equal('requested')
    expect(leads({ status: 'closed' }, ['RMC-01'])).to.equal('enrollment.over')
    expect(eligibility(terms, ['RMC-01', 'RMC-02'], at)).to.deep.equal({
      ...{ ok: false, reason: 'enrollment.prerequisites' },
      data: { courses: 'RMC-01, RMC-02', count: 2 },
    })
    expect([null, 0, 3].map(seats => isFull({ seats, taken: 3 }))).to.deep.equal([false, true, true])
  })

  it('a place is given back until the end, and never after a certificate', () => {
    const back = (changes: Partial<Terms>, certified = false) =>
      said(withdrawal({ ...terms, ...changes }, { certified }, at))
    expect(back({})).to.equal('yes')
    expect(back({}, true)).to.equal('enrollment.certified')
    for (const changes of [{ status: 'canceled' }, { status: 'closed' }, { endsOn: '2026-11-30' }] as Partial<Terms>[])
      expect(back(changes), JSON.stringify(changes)).to.equal('enrollment.nothingToWithdraw')
  })
})

describe('who may begin a test', () => {
  it('says why an attempt may not begin', () => {
    const facts: StartingFacts = {
      enrollmentStatus: 'enrolled',
      trainingStatus: 'running',
      startsOn: null,
      today: '2026-12-01',
      at,
      opensAt: null,
      closesAt: null,
      used: 0,
      allowed: 3,
      awaiting: false,
      againAt: null,
    }
    const reason = (changes: Partial<StartingFacts>) => said(mayStart({ ...facts, ...changes }))
    expect(reason({})).to.equal('yes')
    expect(reason({ startsOn: '2026-12-01', used: 2 })).to.equal('yes')
    expect(reason({ enrollmentStatus: 'waiting' })).to.equal('attempt.notEnrolled')
    expect(reason({ trainingStatus: 'canceled' })).to.equal('attempt.trainingClosed')
    expect(reason({ startsOn: '2026-12-02' })).to.equal('attempt.notYet')
    expect(reason({ used: 3 })).to.equal('attempt.noneLeft')
    expect(mayStart({ ...facts, used: 3 })).to.deep.include({ data: { count: 3 } })
    expect(reason({ trainingStatus: 'published' })).to.equal('yes')
    expect(reason({ opensAt: later })).to.equal('attempt.opensLater')
    expect(reason({ opensAt: at, closesAt: later })).to.equal('yes')
    expect(reason({ closesAt: at }), 'closed at that very moment').to.equal('attempt.testClosed')
    expect(reason({ awaiting: true })).to.equal('attempt.awaiting')
    expect(reason({ used: 1, againAt: later })).to.equal('attempt.tooSoon')
    expect(reason({ used: 1, againAt: at })).to.equal('yes')
  })
})

describe('who may be certified', () => {
  const rules: Rules = { kind: 'achievement', passPercent: 70, evaluation: true, assignment: true }
  const facts: Facts = {
    lessons: { done: 4, total: 4 },
    test: { exists: true, best: 70 },
    evaluation: { asked: true, sent: true },
    assignment: { percent: 60, need: 60, handedIn: true },
    attendance: { minutes: 80, of: 100, open: 0 },
  }
  const missing = (changes: Partial<Facts>, of: Partial<Rules> = {}) =>
    missingFor({ ...rules, ...of }, { ...facts, ...changes })

  it('nothing is missing at the very edge of each rule', () => {
    expect(missing({})).to.deep.equal([])
    expect(missing({ lessons: { done: 5, total: 4 } })).to.deep.equal([])
  })

  it('lessons that are left, and how many', () => {
    expect(missing({ lessons: { done: 1, total: 4 } })).to.deep.equal([{ what: 'lessons', left: 3 }])
  })

  it('the pass mark, for an achievement alone and where there is a test', () => {
    const below = { what: 'test', need: 70, best: 69.99 }
    expect(missing({ test: { exists: true, best: 69.99 } })).to.deep.equal([{ ...below, waiting: false }])
    expect(missing({ test: { exists: true, best: 69.99, waiting: true } })).to.deep.equal([{ ...below, waiting: true }])
    expect(missing({ test: { exists: true, best: null } }, { passPercent: 0 })).to.have.length(1)
    expect(missing({ test: { exists: true, best: 0 } }, { passPercent: 0 })).to.deep.equal([])
    expect(missing({ test: { exists: false, best: null } })).to.deep.equal([])
    expect(missing({ test: { exists: true, best: null } }, { kind: 'attendance' })).to.deep.equal([])
  })

  it('the assignment, where the rules ask for it and the training has one', () => {
    const assignment = { percent: 59.99, need: 60, handedIn: true }
    expect(missing({ assignment })).to.deep.equal([{ what: 'assignment', ...assignment }])
    expect(missing({ assignment: { percent: null, need: 0, handedIn: false } })).to.have.length(1)
    expect(missing({ assignment: { percent: 0, need: 0, handedIn: true } })).to.deep.equal([])
    expect(missing({ assignment: null })).to.deep.equal([])
    const { assignment: _, ...without } = rules
    expect(missingFor(without, { ...facts, assignment })).to.deep.equal([])
  })

  it('the evaluation form, where the rules ask for it and it was put before the learner', () => {
    expect(missing({ evaluation: { asked: true, sent: false } })).to.deep.equal([{ what: 'evaluation' }])
    expect(missing({ evaluation: { asked: false, sent: false } })).to.deep.equal([])
    expect(missing({ evaluation: { asked: true, sent: false } }, { evaluation: false })).to.deep.equal([])
  })

  it('attendance below four fifths or what the rules say, and whether it can still be reached', () => {
    const short = (minutes: number, open: number, of: Partial<Rules> = {}) =>
      missing({ attendance: { minutes, of: 100, open } }, of)
    expect(short(79, 0)).to.deep.equal([{ what: 'attendance', need: 80, percent: 79, stillPossible: false }])
    expect(short(70, 10)).to.deep.equal([{ what: 'attendance', need: 80, percent: 70, stillPossible: true }])
    expect(short(70, 9)[0]).to.include({ stillPossible: false })
    expect(short(50, 0, { attendancePercent: 50 })).to.deep.equal([])
    expect(short(0, 0, { attendancePercent: 0 })).to.deep.equal([])
    expect(missing({ attendance: null })).to.deep.equal([])
  })

  it('all that is missing, in the order to do it', () => {
    const all = missing({
      ...{ lessons: { done: 0, total: 1 }, test: { exists: true, best: null } },
      ...{ evaluation: { asked: true, sent: false }, assignment: { percent: null, need: 60, handedIn: false } },
      attendance: { minutes: 0, of: 100, open: 100 },
    })
    expect(all.map(({ what }) => what)).to.deep.equal(['lessons', 'test', 'assignment', 'evaluation', 'attendance'])
  })

  it('is issued when earned, named and signed, and not again after it was revoked', () => {
    const earned = { earlier: 'none', status: 'enrolled', eligibleAt: at, standing: { missing: [] }, names: {} }
    const issue = (changes: object, signatories: object[] = [{}]) =>
      said(issuable({ ...earned, ...changes } as unknown as Earned, signatories as never))
    expect(issue({})).to.equal('yes')
    expect(issue({ earlier: 'live' })).to.equal('yes')
    expect(issue({}, [])).to.equal('certificate.signatories')
    expect(issue({ earlier: 'revoked' })).to.equal('certificate.revokedBefore')
    expect(issue({ status: 'withdrawn' })).to.equal('certificate.notEnrolled')
    expect(issue({ eligibleAt: null })).to.equal('certificate.notEligible')
    expect(issue({ standing: { missing: [{ what: 'evaluation' }] } })).to.equal('certificate.notEligible')
    expect(issue({ names: null })).to.equal('certificate.names')
  })
})
