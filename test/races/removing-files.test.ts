import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { inScope, inTransaction, one, sql } from '../../lib/db.ts'
import { addFile, putFile } from '../../models/adding-files.ts'
import { filesOf } from '../../models/module-file.ts'
import { removeFile } from '../../models/removing-files.ts'
import { removeExamples } from '../curriculum/example.ts'
import '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { anExample, aWorkshop } from '../support/drafts.ts'
import { refusalOf } from '../support/questions.ts'

describe('races: removing files', function () {
  this.timeout(120_000)
  after(removeExamples)

  it('of forty removals one counts, and the others find nothing to do', async () => {
    const editor = await anEditorWithFile()
    await at40(() => removeFile(editor, FILE))
    expect(await filesOf('RMC-01')).to.deep.equal([])
    const said = `select count(*)::int as n from audit_entries where action = 'module.file-removed'`
    expect(await one(null, said)).to.deep.equal({ n: 1 })
  })

  it('while files of the curriculum bring a text that leads to it, a removal waits, and then finds it in use', async () => {
    const editor = await anEditorWithFile()
    const arrived = Promise.withResolvers<void>()
    const loading = inScope(() =>
      inTransaction(async () => {
        await putFile(null, 'RMC-01', NEW, 'file')
        arrived.resolve()
        await sleep(300)
        await sql(null, `update texts set html = html || '<a href="/curriculum/RMC-01/files/list.csv">A list</a>'`)
      }),
    )
    await arrived.promise
    const removal = inScope(() => refusalOf(removeFile(editor, FILE)))
    await loading
    expect(await removal).to.equal('drafts.stays.published')
    expect(await filesOf('RMC-01')).to.have.length(1)
  })
})

const FILE = { kind: 'file', module: 'RMC-01', name: 'list.csv' } as const
const NEW = {
  ...{ name: FILE.name, type: 'text/csv', size: 9, sha256: '1'.padStart(64, '0') },
  title: { en: 'A list', ru: 'Список' },
}

async function anEditorWithFile() {
  await anExample()
  const { editor } = await aWorkshop()
  await addFile(editor.actor, 'RMC-01', NEW)
  return editor.actor
}
