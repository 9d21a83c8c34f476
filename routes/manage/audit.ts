import { type Request, Router } from 'express'
import { type AuditLine, auditLines, type Narrowing } from '../../models/audit-trail.ts'
import { staff } from '../guards.ts'
import { auditRow } from '../present/audit.ts'

export const manageAudit = Router()

const PATH = '/manage/audit'
const SIZE = 50
/** The nouns people look for; the address takes any other. */
const NOUNS = ['sign-in', 'account', 'person', 'enrollment', 'attempt', 'certificate', 'training', 'setting', 'role']

/** Who did what to which record. */
manageAudit.get(PATH, staff, async (req, res) => {
  const narrowing = narrowingOf(req)
  const before = number(req.query.before)
  const lines = await auditLines(narrowing, before, SIZE)
  res.render('manage/audit/index', { page: pageOf(req, narrowing, before, lines) })
})

function pageOf(req: Request, narrowing: Narrowing, before: string | null, lines: AuditLine[]) {
  const base = `/${req.lang}${PATH}`
  const link = (changes: Partial<Record<'person' | 'kind' | 'record' | 'action' | 'before', string>>) => {
    const { actor, kind, record, action } = narrowing
    const all = { ...(actor ? { person: actor } : {}), kind, record, action, ...changes }
    const given = Object.entries(all).filter(([, value]) => value) as [string, string][]
    return given.length ? `${base}?${new URLSearchParams(given)}` : base
  }
  const more = lines.length > SIZE ? lines[SIZE - 1] : undefined
  return {
    base,
    rows: lines.slice(0, SIZE).map(line => auditRow(line, req.t, base)),
    narrowed: Boolean(narrowing.actor || narrowing.kind || narrowing.action || before),
    actor: narrowing.actor ? (lines[0]?.actor ?? null) : null,
    record: narrowing.kind ? [narrowing.kind, narrowing.record].join(' ').trim() : null,
    nouns: [
      { label: req.t('audit.everything'), href: link({ action: '' }), current: !narrowing.action, all: true },
      ...NOUNS.map(noun => ({
        label: req.t(`audit.nouns.${noun}`),
        href: link({ action: noun }),
        current: narrowing.action === noun,
      })),
    ],
    newest: before ? link({}) : null,
    older: more ? link({ before: more.id }) : null,
  }
}

function narrowingOf(req: Request): Narrowing {
  const { person, kind, record, action } = req.query
  return { actor: number(person), kind: word(kind), record: word(record), action: word(action) }
}

const number = (value: unknown): string | null =>
  typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value) ? value : null
const word = (value: unknown): string => (typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? value : '')
