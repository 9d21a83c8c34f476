import type { Request } from 'express'
import type { NotHeld } from '../../models/clashes.ts'
import { type Clash, type CopiedDay, DAY_RULES } from '../../models/copy-plan.ts'
import type { Training } from '../../models/training.ts'
import type { Kept } from '../request.ts'
import { nameIn } from './changes.ts'
import { type Speaker, speakerOf, spanInWords } from './moments.ts'
import { choicesOf } from './openings.ts'
import { wordsIn } from './words.ts'

/** The choices of the form of a copy. */
export async function copyChoices(req: Request, form: Kept) {
  const { formats, projects, errorOf } = await choicesOf(req, form)
  const rules = DAY_RULES.map(value => ({
    value,
    label: req.t(`copying.rules.${value}`),
    hint: req.t(`copying.ruleHints.${value}`),
  }))
  return { formats, projects, errorOf, rules }
}

type Values = { code: string; startsOn: string; format: string; days: string; project: string; materials: string }
type Parts = {
  days: CopiedDay[]
  clashes: Clash[]
  along: { people: number; mails: number; materials: number }
  sessions: number
}

/** A copy as it would be: each day with where it is a day off, what comes along, what is booked elsewhere. */
export function previewPage(req: Request, source: Training, values: Values, { days, clashes, along, sessions }: Parts) {
  const { t, lang } = req
  const say = speakerOf(req)
  return {
    source: source.code,
    code: values.code,
    hidden: Object.entries(values),
    days: days.map(({ from, to, sessions: count, off }) => ({
      from,
      to,
      sessions: count,
      off: off.map(({ name, off: why }) =>
        why.why === 'holiday'
          ? t('copying.holiday', { state: wordsIn(name, lang), holiday: wordsIn(why.holiday, lang) })
          : t('copying.weekend', { state: wordsIn(name, lang) }),
      ),
    })),
    along: [
      t('copying.along.settled'),
      t('copying.along.sessions', { count: sessions }),
      ...(along.people ? [t('copying.along.people', { count: along.people })] : []),
      ...(along.mails ? [t('copying.along.mails', { count: along.mails })] : []),
      ...(along.materials && values.materials ? [t('copying.along.materials', { count: along.materials })] : []),
    ],
    clashes: clashes.map(({ session, role, conflict }) => ({
      what: t('copying.clash', { name: nameIn(say, conflict.name as never), role: t(`copying.roles.${role}`) }),
      session: wordsIn(session.title, lang),
      at: session.wallStart.toPlainDate().toString(),
      elsewhere: elsewhere(say, conflict),
    })),
  }
}

/** What the agenda asks for and does not hold. */
export function clashesPage(req: Request, code: string, rows: NotHeld[]) {
  const { t, lang } = req
  const say = speakerOf(req)
  return {
    code,
    agenda: `/${lang}/manage/trainings/${code}/agenda`,
    rows: rows.map(({ sessionId, title, startsAt, endsAt, zone, role, name, elsewhere: held }) => ({
      what: t('copying.clash', { name: nameIn(say, name as never), role: t(`copying.roles.${role}`) }),
      session: wordsIn(title, lang),
      when: spanInWords(say, startsAt, endsAt, zone),
      href: `/${lang}/manage/trainings/${code}/sessions/${sessionId}`,
      elsewhere: held
        ? elsewhere(say, {
            ...held,
            startsAt: Temporal.Instant.from(held.startsAt),
            endsAt: Temporal.Instant.from(held.endsAt),
          })
        : t('copying.freeByNow'),
    })),
  }
}

const elsewhere = (
  say: Speaker,
  {
    training,
    title,
    startsAt,
    endsAt,
    zone,
  }: Pick<Clash['conflict'], 'training' | 'title' | 'startsAt' | 'endsAt' | 'zone'>,
): string =>
  say.t('copying.elsewhere', {
    session: wordsIn(title, say.lang),
    training,
    when: spanInWords(say, startsAt, endsAt, zone),
  })
