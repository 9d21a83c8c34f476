import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { INSTANT, sequelize } from '../lib/db.ts'

/** The way a person signs in. */
export class Account extends Model<InferAttributes<Account>, InferCreationAttributes<Account>> {
  declare id: CreationOptional<string>
  declare personId: string
  declare email: string
  declare passwordHash: string
  declare verifiedAt: CreationOptional<Temporal.Instant | null>
  declare suspendedAt: CreationOptional<Temporal.Instant | null>
  declare createdAt: Temporal.Instant
}

Account.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    personId: DataTypes.BIGINT,
    email: DataTypes.CITEXT,
    passwordHash: DataTypes.TEXT,
    verifiedAt: INSTANT as never,
    suspendedAt: INSTANT as never,
    createdAt: { type: INSTANT as never, allowNull: false },
  },
  { sequelize, tableName: 'accounts' },
)
