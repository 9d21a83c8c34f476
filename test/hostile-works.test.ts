import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { standAt, theHouse } from './support/app.ts'
import { aMarkedTraining, sendWithFiles } from './support/assignments.ts'
import { anEnrollment } from './support/trainings.ts'
import * as file from './support/files.ts'
import { bytes, lies, NAMES, strange, TAKEN, tens } from './support/hostile-files.ts'
import { cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Two hundred and more hostile files and names: what is not what its name says is refused by name, what is what it says is
 * kept under a name that does no harm, and the text beside it is never lost.
 */

async function ready() {
  standAt('2027-03-08T08:00:00Z')
  const { training } = await aMarkedTraining()
  const learner = await cast.learner()
  await anEnrollment(training, learner)
  return { path: `/en/trainings/${training.code}/assignment`, reader: await signedIn(learner) }
}

const revision = async () =>
  String((await one<{ n: number }>(null, 'select coalesce(max(revision), 0) as n from submissions'))!.n)
const rows = () => sql<{ name: string; type: string }>(null, `select name, type from files order by id`)
const sendTen = async (reader: Reader, path: string, uploads: { name: string; bytes: Buffer }[]) =>
  sendWithFiles(
    reader,
    path,
    { body: 'My words stay', language: 'en', revision: await revision(), go: 'save' },
    uploads,
  )
describe('hostile works', function () {
  this.timeout(120_000)

  it('the battery has more than two hundred files and names', () => {
    expect(lies.length + strange.length + NAMES.length).to.be.greaterThan(200)
  })

  it('no content under another kind’s name is taken, no ending that is not on the list; each is named, and the text stays', async () => {
    const { reader, path } = await ready()
    for (const ten of tens([...lies, ...strange])) {
      const answer = await sendTen(reader, path, ten)
      expect(answer.status, ten.map(each => each.name).join()).to.equal(422)
      for (const { name } of ten) expect(answer.$('.error-summary').text(), name).to.contain(`“${name}”`)
      expect(answer.$('#body').val()).to.equal('My words stay')
      expect(await rows()).to.deep.equal([])
    }
    expect((await one<{ body: string }>(null, 'select body from submissions'))!.body).to.equal('My words stay')
    expect(readdirSync(join(theHouse().config.uploadsDir, 'incoming')), 'nothing stays behind').to.deep.equal([])
  })

  it('a right file under a harmful name is kept under a harmless one, shown as text, and saved as an attachment', async () => {
    const { reader, path } = await ready()
    for (const name of NAMES) {
      const answer = await sendTen(reader, path, [{ name, bytes: bytes.pdf! }])
      expect(answer.status, name).to.equal(303)
      const [row] = await rows()
      expect(row!.type).to.equal('application/pdf')
      expect(row!.name, name)
        .to.match(/\.pdf$/i)
        .and.not.match(/[/\\\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u)
      expect(row!.name.length, name).to.be.at.most(130)
      const page = await reader.get(path)
      expect(page.$('img').length, name).to.equal(0)
      expect(page.$('.handed-files a').first().text()).to.equal(row!.name)
      const download = await reader.get(page.$('.handed-files a').first().attr('href')!)
      expect(download.bytes.equals(bytes.pdf!), name).to.equal(true)
      expect(download.headers['content-disposition'], name).to.match(
        /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.%!~*()-]+$/,
      )
      expect(download.headers['x-content-type-options']).to.equal('nosniff')
      expect(download.headers['content-security-policy']).to.contain('sandbox')
      await sql(null, 'delete from files')
    }
  })

  it('21 MB, eleven files at once, an eleventh file, a form without files: a clear word each, and the text stays', async () => {
    const { reader, path } = await ready()
    const large = await sendTen(reader, path, [
      { name: 'large.pdf', bytes: Buffer.concat([bytes.pdf!, Buffer.alloc(21 * 1024 * 1024)]) },
    ])
    expect(large.status).to.equal(422)
    expect(large.text).to.contain('“large.pdf” is larger than 20 MB')
    expect(large.$('#body').val()).to.equal('My words stay')
    const eleven = Array.from({ length: 11 }, (_, n) => ({ name: `${n}.pdf`, bytes: file.pdf(`${n}`) }))
    const many = await sendTen(reader, path, eleven)
    expect(many.text).to.contain('At most 10 files can be added at once')
    expect((await sendTen(reader, path, eleven.slice(0, 10))).status).to.equal(303)
    const more = await sendTen(reader, path, [{ name: 'more.pdf', bytes: file.pdf('more') }])
    expect(more.status).to.equal(422)
    expect(more.text).to.contain('A work has at most 10 files. Not added: more.pdf')
    expect(await rows()).to.have.length(10)
    expect((await sendTen(reader, path, [])).status).to.equal(303)
  })

  it('a work of one kind each is taken: PDF, Word, OpenDocument, PNG, JPEG', async () => {
    const { reader, path } = await ready()
    const good = TAKEN.map(ending => ({ name: `work.${ending}`, bytes: bytes[ending === 'jpeg' ? 'jpg' : ending]! }))
    expect((await sendTen(reader, path, good)).status).to.equal(303)
    expect((await rows()).map(row => row.name)).to.deep.equal(good.map(each => each.name))
  })
})
