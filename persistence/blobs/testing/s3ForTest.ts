import { randomBytes } from 'node:crypto'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'
import { type S3Settings, s3Client } from '../s3Client.ts'

/** What a server's script printed, as settings. */
export const s3SettingsOf = (given: Readonly<Record<string, string | undefined>>): S3Settings => ({
  endpoint: given['S3_ENDPOINT'] ?? '',
  region: given['S3_REGION'] ?? 'us-east-1',
  bucket: given['S3_BUCKET'] ?? 'studyhub',
  accessKeyId: given['S3_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: given['S3_SECRET_ACCESS_KEY'] ?? '',
  pathStyle: true,
})

/** A bucket of its own on the run's S3 server: whoever uses one keeps it for half a minute after his end (SERVER-40). */
export async function s3ForTest(): Promise<S3Settings> {
  const settings = { ...s3SettingsOf(await sharedServer('s3')), bucket: `studyhub-${randomBytes(6).toString('hex')}` }
  const client = s3Client(settings)
  await client.send(new CreateBucketCommand({ Bucket: settings.bucket }))
  client.destroy()
  return settings
}
