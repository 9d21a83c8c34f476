import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, Model } from 'sequelize'
import { sequelize } from '../lib/db.ts'

/** A numbered part of the Regional Migration Curriculum, e.g. RMC-01. Its states are module versions. */
export class Module extends Model<InferAttributes<Module>, InferCreationAttributes<Module>> {
  declare id: CreationOptional<string>
  declare code: string
  declare position: number
}

Module.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    code: DataTypes.TEXT,
    position: DataTypes.INTEGER,
  },
  { sequelize, tableName: 'modules' },
)
