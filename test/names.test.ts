import { expect } from 'chai'
import { foldedName, nameHash, scriptOf, strangerIn, writingOf } from '../models/names.ts'

describe('names', () => {
  it('a letter of another script is found in a name, marks and apostrophes are not taken for one', () => {
    expect(strangerIn('Aсhmedova', 'latin')).to.equal('с')
    expect(strangerIn('Иvanov', 'cyrillic')).to.equal('v')
    for (const name of ["O'Neill", 'Oʻgʻil', 'Şahin-Çelik', 'Leyla Məmmədova', 'J. R. Àèéìòù', 'Ýaňžä'])
      expect(strangerIn(name, 'latin'), name).to.equal(undefined)
    for (const name of ['Ғұлым Қанат-ұлы', 'Ҷамшед Ӯлмасов', 'Өмүрбек'])
      expect(strangerIn(name, 'cyrillic')).to.equal(undefined)
    expect(strangerIn('زهرا محمدی‌نژاد')).to.equal(undefined)
    expect(strangerIn('Zahra محمدی')).to.not.equal(undefined)
    expect(strangerIn('李安')).to.equal('李')
    expect(strangerIn('Anna2', 'latin')).to.equal('2')
    expect(strangerIn('<b>', 'latin')).to.equal('<')
  })

  it('the script of a name is that of most of its letters', () => {
    expect(scriptOf('Aсhmedova')).to.equal('latin')
    expect(scriptOf('Айгерим')).to.equal('cyrillic')
    expect(scriptOf('محمدی')).to.equal('arabic')
    expect(scriptOf('李安')).to.equal(undefined)
  })

  it('a name in Arabic letters runs from the right, in the language it was given or looks like', () => {
    expect(writingOf('زهرا')).to.deep.equal({ dir: 'rtl', lang: 'fa' })
    expect(writingOf('ٹوانہ')).to.deep.equal({ dir: 'rtl', lang: 'ur' })
    expect(writingOf('زهرا', 'ur')).to.deep.equal({ dir: 'rtl', lang: 'ur' })
    expect(writingOf('زهرا', 'az')).to.deep.equal({ dir: 'rtl', lang: 'fa' })
    expect(writingOf('Leyla Məmmədova', 'az')).to.deep.equal({ dir: 'ltr', lang: 'az' })
    expect(writingOf('Leyla', 'fa')).to.deep.equal({ dir: 'ltr' })
  })

  it('two people who type a name alike are understood alike', () => {
    for (const typed of ['əsel  QASIM-zadə', ' Əsel Qasım zadə ', 'ƏSEL QASİM—ZADƏ'])
      expect(foldedName(typed), typed).to.equal(foldedName('Əsel Qasım-zadə'))
    expect(foldedName('Oʻgʻil O’Neill')).to.equal(foldedName("O'g'il ONeill"))
    expect(foldedName('Jose\u0301')).to.equal(foldedName('José'))
    expect(foldedName('Anna')).to.not.equal(foldedName('Hanna'))
  })

  it('what stays of a name depends on the key and on the certificate', () => {
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    expect(nameHash(one, 'A', 'Anna')).to.equal(nameHash(one, 'A', 'ANNA'))
    expect(nameHash(one, 'A', 'Anna')).to.not.equal(nameHash(two, 'A', 'Anna'))
    expect(nameHash(one, 'A', 'Anna')).to.not.equal(nameHash(one, 'B', 'Anna'))
  })
})
