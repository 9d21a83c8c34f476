import { expect } from 'chai'
import { one } from '../lib/db.ts'
import { aCourse } from './support/courses.ts'
import { aTraining } from './support/trainings.ts'
import { cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

const FIELDS = {
  code: 'DONOR-2027',
  titleEn: 'Skills of the border',
  titleRu: 'Навыки для границы',
  donor: 'A donor',
  agreement: 'A-17/2027',
  startsOn: '2027-01-01',
  endsOn: '2028-12-31',
}

describe('projects', () => {
  let coordinator: Reader

  beforeEach(async () => {
    coordinator = await signedIn(await cast.coordinator())
  })

  const entered = async (fields: Record<string, string> = {}) => {
    await coordinator.get('/en/manage/projects/new')
    return coordinator.follow(await coordinator.submit('/projects/new', { ...FIELDS, ...fields }))
  }

  it('a coordinator enters a project, chooses it in a training and finds its trainings under it', async () => {
    const training = await aTraining(await aCourse())
    expect((await entered()).text).to.contain('No training runs under it yet')
    const page = await coordinator.get(`/en/manage/trainings/${training.code}/edit`)
    const id = page.$('#project option:contains("DONOR-2027")').attr('value')!
    await coordinator.follow(await coordinator.submit('/edit', { project: id }))
    const project = await coordinator.get('/ru/manage/projects/donor-2027')
    expect(project.$('h1').text()).to.equal('Навыки для границы')
    expect(project.$(`a[href="/ru/manage/trainings/${training.code}"]`)).to.have.length(1)
    expect((await coordinator.get(`/ru/manage/trainings/${training.code}`)).$('main').text()).to.contain(
      'Навыки для границы',
    )
    expect((await coordinator.get('/en/manage/projects')).$('td.number').text().trim()).to.equal('1')
  })

  it('says beside each field what is wrong and keeps the rest, in Russian too', async () => {
    await entered()
    await coordinator.get('/ru/manage/projects/new')
    const page = await coordinator.submit('/projects/new', {
      ...FIELDS,
      titleRu: '',
      endsOn: '2026-01-01',
      targetsEn: 'Ten',
    })
    expect(page.status).to.equal(422)
    expect(page.text)
      .to.contain('Укажите название на русском')
      .and.contain('Последний день раньше первого')
      .and.contain('Заполните оба языка')
    expect(page.$('#donor').val()).to.equal('A donor')
    const taken = await coordinator.submit('/projects/new', { ...FIELDS, targetsEn: '' })
    expect(taken.text).to.contain('Такой код уже есть у другого проекта')
  })

  it('keeps who changed what', async () => {
    await entered()
    await coordinator.get('/en/manage/projects/DONOR-2027/edit')
    await coordinator.follow(await coordinator.submit('/edit', { ...FIELDS, donor: 'Another donor' }))
    const line = await one<{ was: unknown }>(
      null,
      `select details -> 'was' as was from audit_entries where action = 'project.changed'`,
    )
    expect(line!.was).to.deep.equal({ donor: 'A donor' })
  })

  it('a project nobody has is refused, not a fault', async () => {
    const training = await aTraining(await aCourse())
    await coordinator.get(`/en/manage/trainings/${training.code}/edit`)
    const page = await coordinator.submit('/edit', { project: '999999' })
    expect(page.status).to.equal(422)
    expect(page.text).to.contain('There is no such project any more')
  })
})
