// One process that migrates the MySQL database of its argument, and says how many steps it ran.
import { migrateMysql } from '../mysqlDatabase.ts'

const steps = await migrateMysql(process.argv[2] ?? '')
console.log(steps.length)
