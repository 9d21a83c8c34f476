import { one } from '../../lib/db.ts'

/** Writes a row and returns its id; the statement ends in `returning id`. */
export async function idOf(name: string, text: string, values: unknown[]): Promise<string> {
  return (await one<{ id: string }>(name, text, values))!.id
}
