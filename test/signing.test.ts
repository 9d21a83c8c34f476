import { Buffer } from 'node:buffer'
import { expect } from 'chai'
import { extractText, getDocumentProxy } from 'unpdf'
import { inTransaction, one, sql } from '../lib/db.ts'
import { certify } from '../models/certifying.ts'
import { set } from '../models/settings.ts'
import { theHouse } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { confirmedNames, finished } from './support/finishing.ts'
import { anEnrollment, aTraining, type SomeTraining } from './support/trainings.ts'
import { asActor, cast, type Someone } from './support/people.ts'
import { type Page, type Reader, signedIn } from './support/reader.ts'

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path style="fill:#0b4a52" d="M0 0h40v20H0z"/></svg>'
const person = (who: string, en: string, ru: string) => ({
  [`${who}_name_en`]: en,
  [`${who}_name_ru`]: ru,
  [`${who}_post_en`]: 'Head',
  [`${who}_post_ru`]: 'Руководитель',
})
const THREE = {
  ...person('first', 'Aida Bek', 'Аида Бек'),
  ...person('second', 'Bakhtiyor Karimov', 'Бахтиёр Каримов'),
  ...person('third', 'Carla Rossi', 'Карла Росси'),
}

describe('signatories and logos of one training', function () {
  // The first sheet waits for the typesetter to start.
  this.timeout(60_000)
  let training: SomeTraining
  let person: Someone
  let coordinator: Reader

  beforeEach(async () => {
    training = await aTraining(await aCourse())
    person = await cast.coordinator()
    coordinator = await signedIn(person)
    await center()
  })

  const center = (name = 'Leyla Mammadova') =>
    inTransaction(() =>
      set({ id: null }, 'signatories', [
        { name: { en: name, ru: 'Лейла Мамедова' }, post: { en: 'Director', ru: 'Директор' } },
      ]),
    )
  const path = () => `/en/manage/trainings/${training.code}/signing`
  const own = async (fields: Record<string, string> = THREE) => {
    await coordinator.get(path())
    return coordinator.submit('/signing/signatories', fields)
  }

  it('three of its own sign its certificates; those of other trainings are signed by the Center', async () => {
    expect((await coordinator.follow(await own())).text).to.contain('signatories of its own')
    const other = await aTraining(training.course, { code: 'RMC-01-OTHER' })
    const names = []
    for (const each of [training, other]) {
      const enrollment = await finished(
        await anEnrollment(each, await cast[each === training ? 'learner' : 'stranger']()),
      )
      await confirmedNames(enrollment)
      const outcome = await certify(await asActor(person), enrollment.id, theHouse().config.dataKey)
      expect(outcome.ok).to.equal(true)
      names.push(await signers(enrollment.id))
    }
    expect(names).to.deep.equal([['Aida Bek', 'Bakhtiyor Karimov', 'Carla Rossi'], ['Leyla Mammadova']])

    // What is issued stays as it is.
    await coordinator.get(path())
    await coordinator.follow(await coordinator.submit('/signatories/default'))
    const issued = await one<{ id: string }>(null, 'select enrollment_id as id from certificates order by id limit 1')
    expect(await signers(issued!.id)).to.have.length(3)
    expect(await textOf(await coordinator.get(`${path()}/specimen.pdf`))).to.contain('Leyla Mammadova')
  })

  it('a specimen shows the sheet with its three signatories before anybody has earned it', async () => {
    await coordinator.follow(await own())
    const text = await textOf(await coordinator.get(`${path()}/specimen.pdf`))
    expect(text).to.contain('SPECIMEN · ОБРАЗЕЦ').and.contain('Имя Фамилия').and.contain('Карла Росси')
    expect(await sql(null, 'select 1 from certificates')).to.deep.equal([])
  })

  it('own signatories are enough to publish where the Center has named nobody', async () => {
    await sql(null, 'delete from settings')
    const draft = await aTraining(training.course, { code: 'RMC-01-DRAFT', status: 'draft' })
    const publication = `/en/manage/trainings/${draft.code}/publication`
    expect((await coordinator.get(publication)).text).to.contain('Nobody is named who signs')
    await sql(null, 'update trainings set signatories = $2 where id = $1', [
      draft.id,
      JSON.stringify([{ name: { en: 'A', ru: 'А' }, post: { en: 'A', ru: 'А' } }]),
    ])
    expect((await coordinator.get(publication)).text).to.not.contain('Nobody is named who signs')
  })

  it('a second one without a post is said beside the field, in Russian too; nothing is lost', async () => {
    await coordinator.get(path().replace('/en/', '/ru/'))
    const page = await coordinator.submit('/signing/signatories', { third_name_en: 'Carla Rossi' })
    expect(page.status).to.equal(422)
    expect(page.$('#third_post_ru-error').text()).to.contain('Введите должность на русском')
    expect(page.$('#third_name_en').val()).to.equal('Carla Rossi')
  })

  it('a logo of its own stands beside those of the Center, and the logo of its project is added by one press', async () => {
    await sql(
      null,
      `with logo as (insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_at)
         values (repeat('a', 64), 'image/svg+xml', 1, 'Donor', 'project', '1', now()) returning id),
       project as (insert into projects (code, title, donor, logo_id) select 'P', '{"en":"P","ru":"П"}', 'D', id from logo returning id)
       update trainings set project_id = project.id from project where trainings.id = ${training.id}`,
    )
    await coordinator.get(path())
    const page = await upload('host.svg')
    expect(page.status, page.text).to.equal(303)
    const shown = await coordinator.get(path())
    expect(shown.text).to.contain('logos of its own').and.contain('The host')
    await coordinator.follow(await coordinator.submit('/logos/project'))
    expect(await logos()).to.deep.equal(['The host', 'Donor'])
    await coordinator.get(path())
    await coordinator.follow(await coordinator.submit('/logos/default'))
    expect(await logos()).to.equal(null)
  })

  async function upload(filename: string) {
    const request = coordinator.agent
      .post(`${path()}/logos`)
      .field('_csrf', await coordinator.token())
      .field('name', 'The host')
    return request.attach('logo', Buffer.from(SVG), { filename, contentType: 'image/svg+xml' })
  }

  const logos = async () =>
    (await one<{ names: string[] | null }>(
      null,
      `select case when t.logos is not null then array(select f.name from jsonb_array_elements_text(t.logos) with ordinality l(id, n)
         join files f on f.id = l.id::bigint order by n) end as names from trainings t where t.id = $1`,
      [training.id],
    ))!.names
})

const signers = async (enrollmentId: string) =>
  (await one<{ names: string[] }>(
    null,
    `select array(select s -> 'name' ->> 'en' from jsonb_array_elements(snapshot -> 'signatories') s) as names
     from certificates where enrollment_id = $1`,
    [enrollmentId],
  ))!.names

async function textOf(page: Page): Promise<string> {
  expect(page.headers['content-type'], page.text).to.equal('application/pdf')
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(page.bytes)), { mergePages: true })
  return text.replace(/\s+/g, ' ')
}
