import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import jsQR from 'jsqr'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { createPdfMaker, PdfFailure } from '../lib/pdf.ts'
import { newCertificateCode } from '../models/certificate-codes.ts'
import { type CertificateInputs, certificatePdf } from '../models/certificate-paper.ts'
import { pdftotext } from './support/papers.ts'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#0b4a52" d="M0 0h40v20H0z"/></svg>'

describe('the certificate on paper', () => {
  const maker = createPdfMaker()
  after(() => maker.close())

  it('gives back the names in Latin, Cyrillic and Persian, on one page', async () => {
    const paper = await read({
      names: {
        latin: 'Әsel Qasımzadə',
        cyrillic: 'Әсел ҚҢҒӨҮҲҶ Қосимзода',
        own: 'زهرا محمدی نژاد',
        ownDir: 'rtl',
        ownLang: 'fa',
      },
    })
    expect(paper.pages).to.equal(1)
    expect(paper.text).to.include('Әsel Qasımzadə').and.include('Әсел ҚҢҒӨҮҲҶ Қосимзода')
    // The npm reader gives the words of a right-to-left line from left to right; each word is whole and in reading order.
    expect(paper.text).to.include('نژاد محمدی زهرا')
    if (paper.poppler) expect(paper.poppler).to.include('زهرا محمدی نژاد').and.include('Әсел ҚҢҒӨҮҲҶ Қосимзода')
  })

  it('has letters for the names of all ten States and the marks in them', async () => {
    const latin = "Əğıİşöüç Ýaňžä Oʻgʻil Gʼaniyeva D'Àèéìòù O’Neill Şahin-Çelik"
    const cyrillic = 'ӘҒҚҢӨҰҮҺІ әғқңөұүһі ҢӨҮ ҒӢҚӮҲҶ ғӣқӯҳҷ ЎҚҒҲ ўқғҳ Ёё Ґґ Её'
    const paper = await read({
      names: { latin, cyrillic, own: 'محمد علی خان ٹوانہ ڈوگر بڑے پچگ', ownDir: 'rtl', ownLang: 'ur' },
    })
    expect(paper.text).to.include(latin).and.include(cyrillic)
    expect(paper.text).to.include('ٹوانہ').and.include('ڈوگر')
  })

  it('says attendance in both languages, with its hours, without a gendered verb', async () => {
    const { text } = await read({ kind: 'attendance', hours: 21 })
    expect(text).to.include('Certificate of Attendance').and.include('Сертификат об участии')
    expect(text).to.include('This is to certify that').and.include('attended 21 academic hours of the course')
    expect(text).to.include('Настоящим подтверждается участие:')
    expect(text).to.include('в обучении в объёме 21 академического часа по курсу')
    expect((await read({ kind: 'attendance', hours: 1.5 })).text).to.include('1,5 академического часа')
    expect((await read({ kind: 'attendance', hours: 11 })).text).to.include('11 академических часов')
    expect((await read({ kind: 'attendance', hours: 1 })).text).to.include('attended 1 academic hour of')
  })

  it('says achievement, its result and the course in both languages', async () => {
    const { text } = await read({
      result: { en: 'Final assessment passed', ru: 'Итоговое оценивание пройдено' },
      draftNote: { en: 'Draft curriculum', ru: 'Проект учебной программы' },
      place: { en: 'Baku', ru: 'Баку' },
    })
    for (const words of [
      'Certificate of Achievement',
      'Сертификат об успешном завершении',
      'met the assessment requirements and successfully completed',
      'выполнены требования итогового оценивания по курсу',
      'Foundations of Human Mobility',
      'Основы мобильности населения',
      'Course RMC-01, version 1.0 · 8 academic hours',
      'Курс RMC-01, версия 1.0 · объём: 8 академических часов',
      'Final assessment passed',
      'Итоговое оценивание пройдено',
      'Draft curriculum',
      'Проект учебной программы',
      'Online, self-paced · Baku · 12 January to 3 March 2027',
      'Онлайн, в своём темпе · Баку · 12 января – 3 марта 2027 года',
      'Issued on 5 March 2027',
      'Дата выдачи: 5 марта 2027 года',
      'Leyla Mammadova',
      'Директор Центра',
      'Issued under the Terms of Reference of the Regional Training Center on Migration as the common training platform of the Almaty Process',
      'как общей учебной платформе Алматинского процесса',
    ]) {
      expect(text).to.include(words)
    }
  })

  it('leads to the check page by words, by link and by QR code', async () => {
    const paper = await read({})
    expect(paper.text).to.include(paper.inputs.code).and.include(`rtcm.az/verify/${paper.inputs.code}`)
    expect(paper.raw).to.include(`/URI (${paper.inputs.url})`).and.include(`QR code: ${paper.inputs.url}`)
    const seen = picture(paper.pdf)
    if (seen) expect(jsQR.default(seen.data, seen.width, seen.height)?.data).to.equal(paper.inputs.url)
  })

  it('is tagged, titled and in a language, and carries its fonts', async () => {
    const { raw, meta } = await read({ logos: [LOGO] })
    expect(raw).to.include('/StructTreeRoot').and.include('/MarkInfo').and.include('/Lang (ru)')
    expect(meta).to.include({ Language: 'en', Author: 'Regional Training Center on Migration' })
    expect(meta.Title).to.match(/^Certificate of Achievement RTCM-.*: Aigerim Nurlanova$/)
    expect(count(raw, '/Type /FontDescriptor')).to.be.at.least(4).and.equal(count(raw, '/FontFile'))
    // No machine, user or moment is written into the file.
    expect(raw).not.to.include('/CreationDate')
  })

  it('stays on one page and keeps the whole name however long the texts are', async () => {
    const latin = 'Muhammad Abdurrahmonzoda Sayyidmuhammadi Nuriddinkhuja-oghli Khudoyberganov-Abdullayev'
    const long = await read({
      names: { latin, cyrillic: 'Имя Отчество Фамилия '.repeat(5).trim() },
      logos: [LOGO, LOGO],
    })
    expect(long.pages).to.equal(1)
    expect(long.text).to.include(latin)
    const absurd = await read({
      names: { latin: 'Name '.repeat(60).trim(), cyrillic: 'Имя'.repeat(30) },
      title: { en: 'A long title '.repeat(40).trim(), ru: 'Длинное название '.repeat(40).trim() },
    })
    expect(absurd.pages).to.equal(1)
    expect(absurd.text).to.include('как общей учебной платформе Алматинского процесса')
  })

  it('prints the name in the largest letters', async () => {
    for (const latin of [
      'Li An',
      'Muhammad Abdurrahmonzoda Sayyidmuhammadi Nuriddinkhuja-oghli Khudoyberganov-Abdullayev',
    ]) {
      const sizes = await lettersOf(await read({ names: { latin, cyrillic: 'Ли Ан' }, kind: 'attendance' }))
      const name = sizes.filter(({ text }) => latin.includes(text)).map(({ size }) => size)
      const rest = sizes.filter(({ text }) => !latin.includes(text)).map(({ size }) => size)
      expect(Math.min(...name), latin).to.be.greaterThan(Math.max(...rest))
    }
  })

  it('prints markup in every text literally', async () => {
    const text = '#eval("1") *b* $x$ [_] \\ @a <b>'
    const both = { en: text, ru: text }
    const paper = await read({
      names: { latin: text, cyrillic: text, own: text },
      title: both,
      courseCode: text,
      dates: both,
      mode: both,
      result: both,
      statement: both,
      draftNote: both,
      signatories: [{ name: both, post: both }],
    })
    expect(paper.text.split(text).length - 1).to.be.at.least(15)
  })

  it('reads well with one signatory and is refused with none or four', async () => {
    const [first] = sample().signatories
    expect((await read({ signatories: [first!] })).pages).to.equal(1)
    for (const signatories of [[], [first!, first!, first!, first!]]) {
      expect((await refusal({ signatories })).message).to.include('a certificate has one to three signatories')
    }
  })

  it('refuses a name no font can print and a logo that is no picture', async () => {
    const name = await refusal({ names: { latin: 'Li An', own: '李安' } })
    expect(name.reason).to.equal('input')
    expect(name.message).to.include('李')
    expect((await refusal({ logos: ['not a picture'] })).message).to.match(/SVG/)
  })

  async function read(changes: Partial<CertificateInputs>) {
    const inputs = { ...sample(), ...changes }
    const pdf = await certificatePdf(maker, inputs)
    const proxy = await getDocumentProxy(new Uint8Array(pdf))
    const { text, totalPages } = await extractText(proxy, { mergePages: true })
    const { info } = await getMeta(proxy)
    return {
      inputs,
      pdf,
      proxy,
      pages: totalPages,
      text: text.replace(/\s+/g, ' '),
      meta: info,
      raw: pdf.toString('latin1'),
      poppler: pdftotext(pdf),
    }
  }

  async function refusal(changes: Partial<CertificateInputs>): Promise<PdfFailure> {
    const failure = await certificatePdf(maker, { ...sample(), ...changes }).catch(error => error)
    expect(failure).to.be.instanceOf(PdfFailure)
    return failure
  }
})

function sample(): CertificateInputs {
  const code = newCertificateCode()
  return {
    code,
    url: `https://rtcm.az/verify/${code}`,
    kind: 'achievement',
    names: { latin: 'Aigerim Nurlanova' },
    title: { en: 'Foundations of Human Mobility', ru: 'Основы мобильности населения' },
    courseCode: 'RMC-01',
    version: '1.0',
    hours: 8,
    dates: { en: '12 January to 3 March 2027', ru: '12 января – 3 марта 2027 года' },
    mode: { en: 'Online, self-paced', ru: 'Онлайн, в своём темпе' },
    issuedOn: { en: '5 March 2027', ru: '5 марта 2027 года' },
    signatories: [
      {
        name: { en: 'Leyla Mammadova', ru: 'Лейла Мамедова' },
        post: { en: 'Director of the Center', ru: 'Директор Центра' },
      },
      {
        name: { en: 'Daniyar Omarov', ru: 'Данияр Омаров' },
        post: { en: 'Head of Training', ru: 'Руководитель обучения' },
      },
    ],
    logos: [],
  }
}

async function lettersOf({ proxy }: { proxy: Awaited<ReturnType<typeof getDocumentProxy>> }) {
  const { items } = await (await proxy.getPage(1)).getTextContent()
  return items.flatMap(item =>
    'str' in item && item.str.trim() ? [{ text: item.str, size: item.transform[3] as number }] : [],
  )
}

function count(text: string, part: string) {
  return text.split(part).length - 1
}

/** The page as pixels, where poppler is installed. */
function picture(pdf: Buffer) {
  if (spawnSync('pdftoppm', ['-v']).error) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'rtcm-picture-'))
  try {
    writeFileSync(join(folder, 'page.pdf'), pdf)
    execFileSync('pdftoppm', ['-r', '150', '-gray', '-singlefile', join(folder, 'page.pdf'), join(folder, 'page')])
    const image = readFileSync(join(folder, 'page.pgm'))
    const [head = '', width, height] = image.toString('latin1', 0, 40).match(/^P5\s+(\d+)\s+(\d+)\s+255\s/) ?? []
    const data = new Uint8ClampedArray(Number(width) * Number(height) * 4)
    for (const [i, gray] of image.subarray(head.length).entries()) data.fill(gray, i * 4, i * 4 + 4)
    return { data, width: Number(width), height: Number(height) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
