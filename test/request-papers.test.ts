import { expect } from 'chai'
import { agreeToOffer } from '../models/agreeing.ts'
import './support/app.ts'
import { wordsOf } from './support/papers.ts'
import { asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'
import { anOffer, aRequest, seen } from './support/requests.ts'

describe('requests on paper', function () {
  this.timeout(60_000)

  it('what was sent, in both languages, with Latin, Cyrillic and Persian letters as they were written', async () => {
    const person = await cast.focalPoint()
    const common = {
      problem: 'Interviews differ.\nОпросы проводятся по-разному.\nمصاحبه در مرز\n移民 🛂 აბგ',
      topics: 'Interviewing',
    }
    const own = { tasks: [{ task: 'Вести первый опрос', required: 4, present: 1 }] }
    const request = await aRequest(person, 'KZ', { common, own })
    const page = await (await signedIn(person)).get(`/en/requests/${request.code}.pdf`)
    expect(page.status).to.equal(200)
    const text = await wordsOf(page.bytes)
    expect(text).to.contain('Request REQ-').and.contain('Запрос REQ-').and.contain('Republic of Kazakhstan')
    expect(text).to.contain('Опросы проводятся по-разному.').and.contain('Вести первый опрос')
    expect(text).to.contain('How many people?').and.contain('Сколько человек?')
    for (const word of ['مصاحبه', 'مرز']) expect(text).to.contain(word)
  })

  it('what both agreed to, with names and dates; before that there is no such paper', async () => {
    const [person, coordinator] = [await cast.focalPoint(), await cast.coordinator()]
    const request = await anOffer(person, 'KZ', coordinator)
    const focal = await signedIn(person)
    const path = `/en/requests/${request.code}/agreement.pdf`
    expect((await focal.get(path)).status).to.equal(404)
    await agreeToOffer(await asActor(person), request, 1, 'state')
    await agreeToOffer(await asActor(coordinator), await seen(person, request.code), 1, 'center')
    const text = await wordsOf((await focal.get(path)).bytes)
    expect(text).to.contain('Daniyar Omarov').and.contain('Leyla Mammadova')
    expect(text).to.contain('Opening').and.contain('Открытие').and.contain('Зал')
  })
})
