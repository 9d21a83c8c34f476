import { Refused } from '../../models/refused.ts'

/** The key of the refusal that an act ends in, or 'yes'. Anything else that goes wrong is thrown on. */
export async function refusalOf(act: () => unknown): Promise<string> {
  try {
    await act()
    return 'yes'
  } catch (error) {
    if (error instanceof Refused) return error.key
    throw error
  }
}
