import type { T } from '../../lib/i18n.ts'
import { dueOn } from '../../models/certificate-lists.ts'
import type { NamesPlace } from '../../models/confirming-names.ts'
import { namesOf } from '../forms/names.ts'
import { namesOnPaper } from './certificates.ts'
import { wordsIn } from './words.ts'

/** The page on which a learner says how the certificate names them: the sheet in small, with what stands in the form. */
export function namesPage(place: NamesPlace, values: Record<string, unknown>, t: T, lang: string) {
  const text = (name: string) => String(values[name] ?? '')
  const print = [values.print ?? []].flat().map(String)
  const shown = namesOf({
    ...{ latin: text('latin'), cyrillic: text('cyrillic'), own: text('own'), ownScript: text('ownScript'), print },
  })
  return {
    id: place.id,
    title: wordsIn(place.title, lang),
    kind: t(`certificates.kinds.${place.kind}`),
    opening: t(`names.opening.${place.kind}`),
    statement: t(`names.statement.${place.kind}`),
    names: namesOnPaper(shown),
    print,
    passport: text('latin') === place.person.latin ? null : place.person.latin,
    by: dueOn({ eligibleAt: place.eligibleAt!, confirmedAt: place.confirmedAt, days: place.issueWithinDays }),
    days: place.issueWithinDays,
  }
}
