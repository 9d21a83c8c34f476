import { expect } from 'chai'
import { loadTexts } from '../../lib/i18n.ts'

describe('texts', () => {
  it('a sentence that ends with a Russian date has one period, in an edited text too', () => {
    const texts = loadTexts(new URL('../../locales', import.meta.url).pathname)
    const day = { date: '4 декабря 2026 г.' }
    expect(texts.translator('ru')('evaluations.opens', day)).to.equal('Анкета откроется 4 декабря 2026 г.')
    expect(texts.edited('ru', 'evaluations', { opens: 'С {{date}}.' })('evaluations.opens', day)).to.equal(
      'С 4 декабря 2026 г.',
    )
  })
})
