import { keepImport } from '../../models/importing-items.ts'
import { asActor, type Someone } from '../support/people.ts'

/** A file of questions that a coordinator brought and has not taken over. */
export type Brought = { fileId: string }

export const somethingBrought = async (coordinator: Someone): Promise<Brought> => ({
  fileId: await keepImport(await asActor(coordinator), { name: 'bank.yaml', items: [], remarks: [] }),
})
