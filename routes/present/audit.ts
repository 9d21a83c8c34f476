import type { T } from '../../lib/i18n.ts'
import type { AuditLine } from '../../models/audit-trail.ts'

/** An action in words; one that has none yet is shown by its code. */
export function actionInWords(action: string, t: T): string {
  const key = `audit.actions.${action.replaceAll('.', '-')}`
  const words = t(key)
  return words === key ? action : words
}

export function kindInWords(kind: string, t: T): string {
  const key = `audit.kinds.${kind}`
  const words = t(key)
  return words === key ? kind : words
}

export function auditRow(line: AuditLine, t: T, base: string) {
  const { reason, ...rest } = line.details
  const query = (values: Record<string, string>) => `${base}?${new URLSearchParams(values)}`
  return {
    at: line.at,
    actor: line.actorId ? { name: line.actor, href: query({ person: line.actorId }) } : null,
    action: actionInWords(line.action, t),
    record: {
      label: `${kindInWords(line.kind, t)} ${line.recordId}`,
      href: query({ kind: line.kind, record: line.recordId }),
    },
    reason: typeof reason === 'string' && reason ? reason : null,
    details: Object.entries(rest).map(([key, value]) => ({ key, value: plain(value) })),
    requestId: line.requestId,
  }
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
