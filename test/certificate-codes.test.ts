import { expect } from 'chai'
import fc from 'fast-check'
import { isWellFormed, newCertificateCode, normalizeCode } from '../models/certificate-codes.ts'

const ALPHABET = '23479DFGHJKMNQRTVWX'
const code = fc.constant(null).map(newCertificateCode)
const place = fc.integer({ min: 0, max: 19 })

describe('certificate codes', () => {
  it('a new code has the written form and passes its own check', () => {
    fc.assert(
      fc.property(code, made => {
        expect(made).to.match(/^RTCM(-[2-9A-Z]{4}){5}$/)
        expect(isWellFormed(made)).to.equal(true)
        expect(normalizeCode(made)).to.equal(made)
      }),
    )
  })

  it('a code holds at least 80 bits of chance and uses its whole alphabet', () => {
    expect(19 * Math.log2(ALPHABET.length)).to.be.at.least(80)
    const seen = new Set(Array.from({ length: 300 }, newCertificateCode).flatMap(made => [...characters(made)]))
    expect([...seen].sort().join('')).to.equal(ALPHABET)
    expect(new Set(Array.from({ length: 2000 }, newCertificateCode)).size).to.equal(2000)
  })

  it('no code has a character that looks like another', () => {
    for (const alike of '0O1IL5S8B') expect(ALPHABET).not.to.include(alike)
    for (const [one, other] of ['2Z', '6G', 'UV', 'PR', 'CG', 'EF', '17']) {
      expect(ALPHABET.includes(one!) && ALPHABET.includes(other!), `${one} and ${other}`).to.equal(false)
    }
  })

  it('one wrong character is told at once', () => {
    fc.assert(
      fc.property(code, place, fc.constantFrom(...ALPHABET), (made, at, other) => {
        const all = [...characters(made)]
        fc.pre(all[at] !== other)
        all[at] = other
        expect(isWellFormed(normalizeCode(all.join('')))).to.equal(false)
      }),
    )
  })

  it('two neighbors changed round are told at once', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 18 }), (made, at) => {
        const all = [...characters(made)]
        fc.pre(all[at] !== all[at + 1])
        ;[all[at], all[at + 1]] = [all[at + 1]!, all[at]!]
        expect(isWellFormed(normalizeCode(all.join('')))).to.equal(false)
      }),
    )
  })

  it('a code is understood in any case, with other dashes, spaces or none, and without RTCM', () => {
    fc.assert(
      fc.property(code, made => {
        for (const typed of [
          made.toLowerCase(),
          ` ${made}\n`,
          made.replaceAll('-', ' '),
          made.replaceAll('-', ''),
          made.replaceAll('-', '–'),
          made.replaceAll('-', '\u2011'),
          made.replaceAll('-', '\u00a0\u200f'),
          made.slice(5),
          characters(made).toLowerCase(),
        ]) {
          expect(normalizeCode(typed)).to.equal(made)
        }
      }),
    )
  })

  it('Cyrillic letters of the same shape, full-width letters and digits of Arabic script are understood', () => {
    const cyrillic: Record<string, string> = { K: 'к', M: 'М', H: 'н', T: 'Т', X: 'х', 3: 'З', 4: 'ч', R: 'R', C: 'С' }
    fc.assert(
      fc.property(code, made => {
        expect(normalizeCode([...made].map(letter => cyrillic[letter] ?? letter).join(''))).to.equal(made)
        expect(normalizeCode(made.replace(/\d/g, digit => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!))).to.equal(made)
        expect(normalizeCode(made.replace(/\d/g, digit => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!))).to.equal(made)
        expect(normalizeCode(made.replace(/[A-Z]/g, fullWidth))).to.equal(made)
        expect(normalizeCode(made.replace('RTCM', 'РТСМ'))).to.equal(made)
        expect(normalizeCode(made.slice(4).replaceAll('2', 'z').replaceAll('G', '6').replaceAll('V', 'u'))).to.equal(
          made,
        )
      }),
    )
  })

  it('whatever else is typed is refused without an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.integer({ min: 1, max: 0xffff })).map(units => String.fromCharCode(...units)),
        ),
        typed => {
          expect(isWellFormed(normalizeCode(typed))).to.equal(false)
          expect(isWellFormed(typed)).to.equal(false)
        },
      ),
    )
    for (const typed of [
      '',
      'К'.repeat(100_000),
      'RTCM',
      'RTCM-',
      newCertificateCode() + '2',
      newCertificateCode().slice(0, -1),
    ]) {
      expect(isWellFormed(normalizeCode(typed)), typed).to.equal(false)
    }
    expect(isWellFormed(newCertificateCode().toLowerCase()), 'only the written form is well formed').to.equal(false)
  })
})

function characters(made: string) {
  return made.slice(5).replaceAll('-', '')
}

function fullWidth(letter: string) {
  return String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)
}
