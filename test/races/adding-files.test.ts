import { expect } from 'chai'
import { addFile } from '../../models/adding-files.ts'
import { filesOf } from '../../models/module-file.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { aPerson, asActor } from '../support/people.ts'
import { refusalOf } from '../support/questions.ts'

describe('races: adding files', () => {
  it('of forty files of one name one is there, and the others are told', async () => {
    const { code } = await aCourse()
    const editor = await asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))
    const file = (n: number) => ({
      ...{ name: 'list.csv', type: 'text/csv', size: 9, sha256: String(n).padStart(64, '0') },
      title: { en: `List ${n}`, ru: `Список ${n}` },
    })
    const told = await at40(n => refusalOf(addFile(editor, code, file(n))))
    expect(told.filter(each => each === undefined)).to.have.length(1)
    expect(told.filter(each => each === 'drafts.fileThere')).to.have.length(39)
    expect(await filesOf(code)).to.have.length(1)
  })
})
