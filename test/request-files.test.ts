import { expect } from 'chai'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { extractText } from 'unpdf'
import { sql } from '../lib/db.ts'
import { submitRequest } from '../models/requesting.ts'
import { standAt, theHouse } from './support/app.ts'
import { sendWithFiles } from './support/assignments.ts'
import * as file from './support/files.ts'
import { bytes, lies, NAMES, strange, TAKEN, tens } from './support/hostile-files.ts'
import { asActor, cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'
import { aDraft, aFocalPoint, aRequestFile, joined } from './support/requests.ts'

type Upload = { name: string; bytes: Buffer }
const rows = () =>
  sql<{ name: string; type: string; kind: string }>(
    null,
    'select name, type, owner_kind as kind from files order by id',
  )

async function ready() {
  standAt('2026-11-24T08:00:00Z')
  const person = await cast.focalPoint()
  const draft = await aDraft(person, 'KZ')
  const base = `/en/state/requests/${draft.code}`
  const reader = await signedIn(person)
  const send = (uploads: Upload[], reads = 'own', go = 'save') =>
    sendWithFiles(reader, `${base}/files`, { reads, go }, uploads)
  return { person, draft, base, reader, send }
}

const textOf = async (reader: Reader, path: string) =>
  (await extractText(new Uint8Array((await reader.get(path)).bytes), { mergePages: true })).text

describe('attachments of a request', function () {
  this.timeout(120_000)

  it('are added, found again, taken off and sent without script; the check page, both sides and the paper name them', async () => {
    const { person, draft, base, reader, send } = await ready()
    expect((await reader.get(`${base}/check`)).text).to.contain('No attachments')
    await send([{ name: 'Отчёт о постах.pdf', bytes: file.pdf('report') }], 'common')
    const checked = await send([{ name: 'گزارش.docx', bytes: file.docx() }], 'own', 'check')
    expect(checked.location).to.equal(`${base}/check`)
    await send([{ name: 'wrong one.pdf', bytes: file.pdf('wrong') }], 'common')
    const page = await reader.open(`${base}/files`)
    expect(page.$('.handed-files li')).to.have.length(3)
    const remove = page.$('button:contains("wrong one.pdf")').attr('value')!
    await reader.follow(await send([], 'common', remove))
    expect((await rows()).map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['Отчёт о постах.pdf', 'request'],
      ['گزارش.docx', 'request_state'],
    ])
    const check = (await reader.get(`${base}/check`)).text
    expect(check).to.contain('Отчёт о постах.pdf').and.contain('گزارش.docx')
    await submitRequest(await asActor(person), draft)
    expect((await reader.get(`${base}/files`)).status, 'what was sent no longer changes').to.equal(404)
    expect((await send([{ name: 'late.pdf', bytes: file.pdf('late') }])).status).to.equal(404)
    const center = await signedIn(await cast.coordinator())
    for (const [who, path] of [
      [reader, base],
      [center, `/en/manage/requests/${draft.code}`],
    ] as const) {
      const links = (await who.get(path)).$('.handed-files a')
      expect(links).to.have.length(2)
      const download = await who.get(links.first().attr('href')!)
      expect(download.bytes.equals(file.pdf('report'))).to.equal(true)
    }
    const paper = await textOf(center, `/en/requests/${draft.code}.pdf`)
    expect(paper.replace(/\s+/g, ' ')).to.contain('Отчёт о постах.pdf').and.contain('Attachments')
    expect(
      ['گزارش', [...'گزارش'].reverse().join('')].some(word => paper.normalize('NFKC').includes(word)),
      'a Persian name',
    ).to.equal(true)
  })

  it('of the common part are read by all States of the request, those of an own part by that State and the Center', async () => {
    const { person, draft, base, reader } = await ready()
    const guest = await aFocalPoint('UZ')
    const common = await aRequestFile(person, draft, null, 'common.png')
    const own = await aRequestFile(person, draft, 'KZ', 'kazakh.png')
    const uz = await signedIn(guest)
    const at = (id: string) => `/en/requests/${draft.code}/files/${id}`
    expect((await uz.get(at(common))).status).to.equal(404)
    const theirs = await aRequestFile(
      guest,
      await joined(person, draft, { person: guest, state: 'UZ' }),
      'UZ',
      'uzbek.png',
    )
    const seen = async (who: Reader) =>
      Promise.all([common, own, theirs].map(async id => (await who.get(at(id))).status))
    expect(await seen(uz)).to.deep.equal([200, 404, 200])
    expect(await seen(reader)).to.deep.equal([200, 200, 404])
    const page = (await uz.get(`/en/state/requests/${draft.code}`)).text
    expect(page).to.contain('common.png').and.contain('uzbek.png').and.not.contain('kazakh.png')
    await submitRequest(await asActor(person), draft)
    const center = await signedIn(await cast.coordinator())
    expect(await seen(center), 'an own part that was not sent is not the Center’s yet').to.deep.equal([200, 200, 404])
    expect((await reader.get(base)).text)
      .to.contain('kazakh.png')
      .and.not.contain('uzbek.png')
  })

  it('a joined State adds to its own part alone, whatever it posts, and takes off nothing of another', async () => {
    const { person, draft } = await ready()
    const guest = await aFocalPoint('UZ')
    const common = await aRequestFile(person, draft, null, 'common.png')
    await joined(person, draft, { person: guest, state: 'UZ' })
    const uz = await signedIn(guest)
    const path = `/en/state/requests/${draft.code}/files`
    await sendWithFiles(uz, path, { reads: 'common', go: `remove-${common}` }, [
      { name: 'x.pdf', bytes: file.pdf('x') },
    ])
    expect((await rows()).map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['common.png', 'request'],
      ['x.pdf', 'request_state'],
    ])
  })

  it('two hundred hostile files and names: each is refused by name, and the choice beside it stays', async () => {
    const { send } = await ready()
    for (const ten of tens([...lies, ...strange])) {
      const answer = await send(ten)
      expect(answer.status, ten.map(({ name }) => name).join()).to.equal(422)
      for (const { name } of ten) expect(answer.$('.error-summary').text(), name).to.contain(`“${name}”`)
      expect(answer.$('input[name=reads]:checked').val()).to.equal('own')
      expect(await rows()).to.deep.equal([])
    }
    expect(readdirSync(join(theHouse().config.uploadsDir, 'incoming')), 'nothing stays behind').to.deep.equal([])
  })

  it('a right file under a harmful name is kept under a harmless one, and saved as an attachment', async () => {
    const { base, reader, send } = await ready()
    for (const name of NAMES) {
      expect((await send([{ name, bytes: bytes.pdf! }])).status, name).to.equal(303)
      const [row] = await rows()
      expect(row!.name, name).to.not.match(/[/\\\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u)
      const link = (await reader.get(base)).$('.handed-files a').first()
      expect(link.text()).to.equal(row!.name)
      const download = await reader.get(link.attr('href')!)
      expect(download.headers['content-disposition'], name).to.match(
        /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.%!~*()-]+$/,
      )
      expect(download.headers['content-security-policy']).to.contain('sandbox')
      await sql(null, 'delete from files')
    }
  })

  it('21 MB, eleven at once, an eleventh: a clear word each; good files beside a bad one are kept', async () => {
    const { send } = await ready()
    const large = await send([
      { name: 'large.pdf', bytes: Buffer.concat([bytes.pdf!, Buffer.alloc(21 * 1024 * 1024)]) },
    ])
    expect(large.status).to.equal(422)
    expect(large.text).to.contain('“large.pdf” is larger than 20 MB')
    const eleven = Array.from({ length: 11 }, (_, n) => ({ name: `${n}.pdf`, bytes: file.pdf(`${n}`) }))
    expect((await send(eleven)).text).to.contain('At most 10 files can be added at once')
    const mixed = await send([...eleven.slice(0, 9), { name: 'program.pdf', bytes: bytes.exe! }])
    expect(mixed.status).to.equal(422)
    expect(mixed.text).to.contain('program.pdf').and.contain('8.pdf')
    await send(eleven.slice(9, 10))
    const more = await send([{ name: 'more.pdf', bytes: file.pdf('more') }])
    expect(more.status).to.equal(422)
    expect(more.text).to.contain('One part has at most 10 attachments. Not added: more.pdf')
    expect((await send([{ name: 'shared.pdf', bytes: file.pdf('shared') }], 'common')).status).to.equal(303)
    expect(await rows()).to.have.length(11)
  })

  it('one of each kind is taken', async () => {
    const { send } = await ready()
    const good = TAKEN.map(ending => ({ name: `a.${ending}`, bytes: bytes[ending === 'jpeg' ? 'jpg' : ending]! }))
    expect((await send(good)).status).to.equal(303)
    expect(await rows()).to.have.length(good.length)
  })
})
