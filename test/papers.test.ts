import { expect } from 'chai'
import { createPdfMaker } from '../lib/pdf.ts'
import { agreeToOffer } from '../models/agreeing.ts'
import { sheetPdf } from '../models/attendance-sheets.ts'
import { newCertificateCode } from '../models/certificate-codes.ts'
import { certificatePdf, type CertificateInputs } from '../models/certificate-paper.ts'
import './support/app.ts'
import { pdftotext, wordsOf } from './support/papers.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'
import { anOffer, aRequest, seen } from './support/requests.ts'

/** Every kind of paper carries what people wrote in Latin, Cyrillic and Persian letters, and gives it back. */

const LATIN = 'Әsel Qasımzadə Oʻgʻil'
const CYRILLIC = 'Әсел Қосимзода Ўғли'
const PERSIAN = 'زهرا محمدی‌نژاد از تهران'

const both = (text: string) => ({ en: text, ru: text })

describe('papers in Latin, Cyrillic and Persian letters', function () {
  this.timeout(60_000)
  const maker = createPdfMaker()
  after(() => maker.close())

  for (const kind of ['attendance', 'achievement', 'contribution'] as const)
    it(`a certificate of ${kind}`, async () => {
      await carries(await certificatePdf(maker, aCertificate(kind)))
    })

  it('a sheet to sign', async () => {
    const people = [{ latin: LATIN, cyrillic: CYRILLIC, own: PERSIAN, ownScript: 'fa', country: both('Iran') }]
    await carries(
      await sheetPdf(maker, {
        ...{ code: 'RMC-01', title: both('Terms'), day: both('1 March 2027'), place: null, people },
        sessions: [{ title: both('Opening'), time: '09:30–11:00' }],
      }),
    )
  })

  it('a request', async () => {
    const person = await cast.focalPoint()
    const common = { title: PERSIAN, problem: `${LATIN}\n${CYRILLIC}\n${PERSIAN}`, topics: 'Interviewing' }
    const own = { tasks: [{ task: PERSIAN, required: 4, present: 1 }] }
    const { code } = await aRequest(person, 'KZ', { common, own })
    const pdf = (await (await signedIn(person)).get(`/en/requests/${code}.pdf`)).bytes
    await carries(pdf)
    expect((await wordsOf(pdf)).split('تهران'), 'the title twice, the problem, the task').to.have.length(5)
  })

  it('an agreement', async () => {
    const person = await aPerson({
      ...{ name: LATIN, cyrillic: CYRILLIC, country: 'KZ' },
      grants: [{ role: 'focal_point', kind: 'state', id: 'KZ' }],
    })
    const coordinator = await cast.coordinator()
    const terms = { agreedCondition: PERSIAN, place: { en: LATIN, ru: CYRILLIC } }
    const { code } = await anOffer(person, 'KZ', coordinator, terms)
    await agreeToOffer(await asActor(person), await seen(person, code), 1, 'state')
    await agreeToOffer(await asActor(coordinator), await seen(person, code), 1, 'center')
    await carries((await (await signedIn(person)).get(`/en/requests/${code}/agreement.pdf`)).bytes)
  })
})

/** Poppler gives whole lines back; the reader from npm whole words. */
async function carries(pdf: Buffer) {
  const [words, poppler] = [await wordsOf(pdf), pdftotext(pdf)]
  expect(words).to.contain(LATIN).and.contain(CYRILLIC)
  const persian = PERSIAN.replace('\u200c', '')
  for (const word of persian.split(' ')) expect(words).to.contain(word)
  if (poppler !== undefined) for (const line of [LATIN, CYRILLIC, persian]) expect(poppler).to.contain(line)
}

function aCertificate(kind: CertificateInputs['kind']): CertificateInputs {
  const code = newCertificateCode()
  return {
    ...{ code, url: `https://rtcm.az/verify/${code}`, kind, courseCode: 'RMC-01', version: '1.0', hours: 8, logos: [] },
    names: { latin: LATIN, cyrillic: CYRILLIC, own: PERSIAN, ownDir: 'rtl', ownLang: 'fa' },
    title: { en: 'Foundations', ru: 'Основы' },
    dates: { en: '12 January 2027', ru: '12 января 2027 года' },
    mode: { en: 'On site', ru: 'Очно' },
    issuedOn: { en: '5 March 2027', ru: '5 марта 2027 года' },
    signatories: [{ name: { en: 'Leyla Mammadova', ru: 'Лейла Мамедова' }, post: { en: 'Director', ru: 'Директор' } }],
    ...(kind === 'contribution' ? { role: { en: 'Trainer', ru: 'Тренер' } } : {}),
  }
}
