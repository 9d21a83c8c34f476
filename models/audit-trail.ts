import { sql } from '../lib/db.ts'

export type AuditLine = {
  id: string
  at: Temporal.Instant
  actorId: string | null
  actor: string | null
  action: string
  kind: string
  recordId: string
  details: Record<string, unknown>
  requestId: string | null
}

export type Narrowing = {
  /** Number of the person who acted. */
  actor: string | null
  /** Kind of the record, '' for all, and its id, '' for all of the kind. */
  kind: string
  record: string
  /** Action, or its noun: 'certificate' finds 'certificate.issued'. */
  action: string
}

/**
 * Lines of the audit, newest first, one more than `size` when there are more.
 * @param before the id after which the page begins, null for the newest
 */
export function auditLines({ actor, kind, record, action }: Narrowing, before: string | null, size: number) {
  return sql<AuditLine>(
    'audit.page',
    `select a.id, a.at, a.actor_id as "actorId", p.name_latin as actor, a.action, a.record_kind as kind,
       a.record_id as "recordId", a.details, a.request_id as "requestId"
     from audit_entries a left join people p on p.id = a.actor_id
     where ($1::bigint is null or a.id < $1) and ($2::bigint is null or a.actor_id = $2)
       and ($3 = '' or a.record_kind = $3) and ($4 = '' or a.record_id = $4)
       and ($5 = '' or a.action = $5 or a.action like $5 || '.%')
     order by a.id desc limit $6`,
    [before, actor, kind, record, action, size + 1],
  )
}
