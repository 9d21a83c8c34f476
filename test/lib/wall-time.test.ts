import { expect } from 'chai'
import { hourOf, minutesAhead, resolveWall } from '../../lib/wall-time.ts'

const wall = (text: string) => Temporal.PlainDateTime.from(text)
const instant = (text: string) => Temporal.Instant.from(text)

describe('wall time', () => {
  const table: [string, string, string][] = [
    ['2026-11-24T11:00', 'Asia/Baku', '2026-11-24T07:00:00Z'],
    ['2026-11-24T11:00', 'Asia/Tehran', '2026-11-24T07:30:00Z'],
    ['2026-07-01T11:00', 'Asia/Tehran', '2026-07-01T07:30:00Z'],
    ['2024-02-29T11:00', 'Asia/Almaty', '2024-02-29T05:00:00Z'],
    ['2024-03-01T11:00', 'Asia/Almaty', '2024-03-01T06:00:00Z'],
    ['2027-03-27T11:00', 'Europe/Rome', '2027-03-27T10:00:00Z'],
    ['2027-03-28T11:00', 'Europe/Rome', '2027-03-28T09:00:00Z'],
    ['2026-10-24T11:00', 'Europe/Rome', '2026-10-24T09:00:00Z'],
    ['2026-10-25T11:00', 'Europe/Rome', '2026-10-25T10:00:00Z'],
  ]
  for (const [local, zone, expected] of table)
    it(`${local} in ${zone} is ${expected}`, () => {
      expect(resolveWall(wall(local), zone)).to.deep.include({ ok: true })
      expect(String((resolveWall(wall(local), zone) as { instant: Temporal.Instant }).instant)).to.equal(expected)
    })

  it("a time that Rome's clocks jump over does not exist, and the nearest that do are named", () => {
    const answer = resolveWall(wall('2027-03-28T02:30'), 'Europe/Rome')
    expect(answer.ok).to.equal(false)
    expect(answer).to.have.property('why', 'gap')
    expect(String((answer as { before: unknown }).before)).to.equal('2027-03-28T01:30:00')
    expect(String((answer as { after: unknown }).after)).to.equal('2027-03-28T03:30:00')
  })

  it("a time that Rome's clocks show twice is a question, and its answer decides", () => {
    expect(resolveWall(wall('2026-10-25T02:30'), 'Europe/Rome')).to.have.property('why', 'overlap')
    const at = (prefer: 'earlier' | 'later') =>
      String((resolveWall(wall('2026-10-25T02:30'), 'Europe/Rome', prefer) as { instant: Temporal.Instant }).instant)
    expect(at('earlier')).to.equal('2026-10-25T00:30:00Z')
    expect(at('later')).to.equal('2026-10-25T01:30:00Z')
  })

  it('half hours count in differences', () => {
    expect(minutesAhead(instant('2026-11-24T07:00:00Z'), 'Asia/Baku', 'Asia/Tehran')).to.equal(-30)
    expect(minutesAhead(instant('2026-11-24T07:00:00Z'), 'Asia/Baku', 'Asia/Bishkek')).to.equal(120)
    expect(minutesAhead(instant('2026-07-24T07:00:00Z'), 'Asia/Baku', 'Europe/Rome')).to.equal(-120)
  })

  it('tells work, evening and night', () => {
    expect(hourOf(instant('2026-11-24T07:00:00Z'), 'Asia/Baku')).to.equal('work')
    expect(hourOf(instant('2026-11-24T15:00:00Z'), 'Asia/Baku')).to.equal('evening')
    expect(hourOf(instant('2026-11-24T19:00:00Z'), 'Asia/Baku')).to.equal('night')
    expect(hourOf(instant('2026-11-24T02:30:00Z'), 'Asia/Baku')).to.equal('night')
  })
})
