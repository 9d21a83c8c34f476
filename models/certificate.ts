import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { INSTANT, sequelize } from '../lib/db.ts'
import type { Actor } from './actor.ts'

export type CertificateKind = 'attendance' | 'achievement' | 'contribution'

/** A numbered record of what a person has done. What the paper says is a snapshot; the name stands in a row of its own. */
export class Certificate extends Model<InferAttributes<Certificate>, InferCreationAttributes<Certificate>> {
  declare id: CreationOptional<string>
  declare code: string
  declare kind: CertificateKind
  declare personId: string | null
  declare trainingId: string | null
  declare enrollmentId: string | null
  declare snapshot: Record<string, unknown>
  declare validUntil: CreationOptional<string | null>
  declare issuedAt: Temporal.Instant
  declare issuedBy: string
  declare revokedAt: CreationOptional<Temporal.Instant | null>
  declare revokedBy: CreationOptional<string | null>
  declare revokedReason: CreationOptional<string | null>
  declare replacesId: CreationOptional<string | null>
  declare replacedAt: CreationOptional<Temporal.Instant | null>
}

Certificate.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    code: DataTypes.TEXT,
    kind: DataTypes.TEXT,
    personId: DataTypes.BIGINT,
    trainingId: DataTypes.BIGINT,
    enrollmentId: DataTypes.BIGINT,
    snapshot: DataTypes.JSONB,
    validUntil: DataTypes.DATEONLY,
    issuedAt: { type: INSTANT as never, allowNull: false },
    issuedBy: DataTypes.BIGINT,
    revokedAt: INSTANT as never,
    revokedBy: DataTypes.BIGINT,
    revokedReason: DataTypes.TEXT,
    replacesId: DataTypes.BIGINT,
    replacedAt: INSTANT as never,
  },
  { sequelize, tableName: 'certificates' },
)

/** Which certificates (alias `c`) an actor sees: their own, and all for the Center's staff. See models/enrollment.ts. */
export const VISIBLE = '(c.person_id = $1 or $2)'
export const visibleTo = (actor: Actor): [string | null, boolean] => [actor.id, actor.staff]
