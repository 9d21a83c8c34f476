import { expect } from 'chai'
import { dayInWords, dayOf, periodInWords } from '../models/certificate-words.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('words of certificates', () => {
  it('a day is said in both languages', () => {
    expect(dayInWords(day('2027-03-05'))).to.deep.equal({ en: '5 March 2027', ru: '5 марта 2027 года' })
  })

  it('a period says month and year once where that is enough', () => {
    const said = (from: string, to: string) => periodInWords(day(from), day(to))
    expect(said('2027-03-05', '2027-03-05')).to.deep.equal({ en: '5 March 2027', ru: '5 марта 2027 года' })
    expect(said('2027-03-03', '2027-03-05')).to.deep.equal({ en: '3 to 5 March 2027', ru: '3–5 марта 2027 года' })
    expect(said('2027-01-12', '2027-03-03')).to.deep.equal({
      en: '12 January to 3 March 2027',
      ru: '12 января – 3 марта 2027 года',
    })
    expect(said('2026-12-12', '2027-03-03')).to.deep.equal({
      en: '12 December 2026 to 3 March 2027',
      ru: '12 декабря 2026 года – 3 марта 2027 года',
    })
    expect(said('2027-03-06', '2027-03-05').en, 'an end before the beginning is one day').to.equal('5 March 2027')
  })

  it('a certificate issued late in the evening has the date of Baku', () => {
    expect(dayOf(Temporal.Instant.from('2026-11-24T20:30:00Z')).toString()).to.equal('2026-11-25')
  })
})
