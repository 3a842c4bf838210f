import { mongoForTest } from '../archive/testing/mongoForTest.ts'
import { s3ForTest } from '../blobs/testing/s3ForTest.ts'
import { mysqlForTest } from '../database/testing/mysqlForTest.ts'
import { leaseContract } from './lease.contract.ts'
import { mongoLease } from './mongoLease.ts'
import { mysqlLease } from './mysqlLease.ts'
import { s3Lease } from './s3Lease.ts'

leaseContract('MySQL', async () => {
  const { url, drop } = await mysqlForTest()
  const lease = mysqlLease(url)
  return { lease, dispose: () => lease.close().then(drop) }
})

leaseContract('MongoDB', async () => {
  const { url, drop } = await mongoForTest()
  const lease = await mongoLease(url)
  return { lease, dispose: () => lease.close().then(drop) }
})

leaseContract('S3', async () => {
  const lease = s3Lease(await s3ForTest())
  return { lease, dispose: () => lease.close() }
})
