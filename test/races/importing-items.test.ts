import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { compare, keepImport, keptImport, useImport } from '../../models/importing-items.ts'
import { keepItem } from '../../models/keeping-items.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { FILED } from '../support/exchanging.ts'
import { aCourse } from '../support/courses.ts'
import { asActor, cast } from '../support/people.ts'
import { refusalOf } from '../support/questions.ts'

const count = async (what: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${what}`))!.n
const uncoded = FILED.map(({ code, ...item }, line) => ({ line, module: 'RMC-01', item }))
const coded = FILED.map((item, line) => ({ line, module: 'RMC-01', item }))

describe('importing items under 40 connections', () => {
  let actor: Actor

  beforeEach(async () => {
    await aCourse()
    actor = await asActor(await cast.coordinator())
  })

  const bring = async (items: typeof coded | typeof uncoded) => {
    const id = await keepImport(actor, { name: 'bank.yaml', items, remarks: [] })
    const { mark } = await compare(actor, (await keptImport(actor, id))!)
    return { id, mark }
  }

  it('a file used forty times is used once', async () => {
    const { id, mark } = await bring(uncoded)
    const answers = await at40(() => refusalOf(useImport(actor, id, mark)))
    expect(answers.filter(answer => !answer)).to.have.length(1)
    expect(new Set(answers)).to.deep.equal(new Set([undefined, 'bankFile.used']))
    expect(await count(`item_versions where status = 'draft'`)).to.equal(FILED.length)
    expect(await count(`audit_entries where action = 'item.imported'`)).to.equal(1)
  })

  it('forty files with the same new questions: one is taken over, the others see that the bank has changed', async () => {
    const files: { id: string; mark: string }[] = []
    for (let n = 0; n < 40; n++) files.push(await bring(coded))
    const answers = await at40(n => refusalOf(useImport(actor, files[n]!.id, files[n]!.mark)))
    expect(answers.filter(answer => !answer)).to.have.length(1)
    for (const answer of answers) expect(answer).to.be.oneOf([undefined, 'bankFile.changed', 'item.changed'])
    expect(await count(`item_versions where status = 'draft'`)).to.equal(FILED.length)
    expect(await count('item_imports'), 'what was refused can be looked at again').to.equal(39)
  })

  it('while a file is taken over, questions kept by hand get codes of their own', async () => {
    const { id, mark } = await bring(uncoded)
    const question = { module: 'RMC-01', ...uncoded[0]!.item }
    const answers = await at40(n => refusalOf(n ? keepItem(actor, question) : useImport(actor, id, mark)))
    expect(answers).to.deep.equal(Array(40).fill(undefined))
    expect(await count(`item_versions where status = 'draft'`)).to.equal(FILED.length + 39)
  })
})
