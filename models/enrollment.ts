import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { INSTANT, sequelize } from '../lib/db.ts'
import type { Actor } from './actor.ts'

export type EnrollmentStatus = 'requested' | 'waiting' | 'enrolled' | 'declined' | 'withdrawn'
export type Names = { latin: string; cyrillic?: string; own?: string; ownScript?: string }

/** A person's place in a training, pinned to a course version, with country, agency type and sex as they were. */
export class Enrollment extends Model<InferAttributes<Enrollment>, InferCreationAttributes<Enrollment>> {
  declare id: CreationOptional<string>
  declare trainingId: string
  declare personId: string
  declare courseVersionId: string
  declare source: 'self' | 'center' | 'nomination'
  declare status: EnrollmentStatus
  declare country: CreationOptional<string | null>
  declare agencyType: CreationOptional<string | null>
  declare sex: string
  declare createdAt: Temporal.Instant
  declare eligibleAt: CreationOptional<Temporal.Instant | null>
  declare namesConfirmed: CreationOptional<Names | null>
  declare namesConfirmedAt: CreationOptional<Temporal.Instant | null>
  declare level: CreationOptional<'new' | 'some' | 'daily' | null>
  declare expectations: CreationOptional<string | null>
}

Enrollment.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    trainingId: DataTypes.BIGINT,
    personId: DataTypes.BIGINT,
    courseVersionId: DataTypes.BIGINT,
    source: DataTypes.TEXT,
    status: DataTypes.TEXT,
    country: DataTypes.CHAR(2),
    agencyType: DataTypes.TEXT,
    sex: DataTypes.TEXT,
    createdAt: { type: INSTANT as never, allowNull: false },
    eligibleAt: INSTANT as never,
    namesConfirmed: DataTypes.JSONB,
    namesConfirmedAt: INSTANT as never,
    level: DataTypes.TEXT,
    expectations: DataTypes.TEXT,
  },
  { sequelize, tableName: 'enrollments' },
)

/**
 * Which enrollments (alias `e`) an actor sees: their own, and all for the Center's staff. For statements whose first
 * two values are `visibleTo(actor)`. Pages, exports, mails, search and feeds all use it.
 */
export const VISIBLE = '(e.person_id = $1 or $2)'
export const visibleTo = (actor: Actor): [string | null, boolean] => [actor.id, actor.staff]
