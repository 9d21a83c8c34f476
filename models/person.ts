import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { INSTANT, sequelize } from '../lib/db.ts'
import type { Actor } from './actor.ts'

export type Sex = 'woman' | 'man' | 'other' | 'not_stated'

export const AGENCY_TYPES = [
  'migration',
  'border',
  'police',
  'labor',
  'justice',
  'foreign',
  'statistics',
  'local',
  'civil_society',
  'academia',
  'youth',
  'media',
  'international',
  'other',
] as const

/** A human known to the Center, with or without an account. `nameLatin` is the name as in the passport. */
export class Person extends Model<InferAttributes<Person>, InferCreationAttributes<Person>> {
  declare id: CreationOptional<string>
  declare nameLatin: string | null
  declare nameCyrillic: CreationOptional<string | null>
  declare nameOwn: CreationOptional<string | null>
  declare nameOwnScript: CreationOptional<string | null>
  declare sex: CreationOptional<Sex>
  declare country: CreationOptional<string | null>
  declare organization: CreationOptional<string | null>
  declare agencyType: CreationOptional<string | null>
  declare locale: CreationOptional<string>
  declare zone: CreationOptional<string>
  declare ministryMaySee: CreationOptional<boolean>
  declare createdAt: Temporal.Instant
  declare erasureAskedAt: CreationOptional<Temporal.Instant | null>
  declare erasedAt: CreationOptional<Temporal.Instant | null>
}

Person.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    nameLatin: DataTypes.TEXT,
    nameCyrillic: DataTypes.TEXT,
    nameOwn: DataTypes.TEXT,
    nameOwnScript: DataTypes.TEXT,
    sex: DataTypes.TEXT,
    country: DataTypes.CHAR(2),
    organization: DataTypes.TEXT,
    agencyType: DataTypes.TEXT,
    locale: DataTypes.TEXT,
    zone: DataTypes.TEXT,
    ministryMaySee: DataTypes.BOOLEAN,
    createdAt: { type: INSTANT as never, allowNull: false },
    erasureAskedAt: INSTANT as never,
    erasedAt: INSTANT as never,
  },
  { sequelize, tableName: 'people' },
)

/** Whose data (alias `p`) an actor sees: their own, and everybody's for the Center's staff. See models/enrollment.ts. */
export const VISIBLE = '(p.id = $1 or $2)'
export const visibleTo = (actor: Actor): [string | null, boolean] => [actor.id, actor.staff]
