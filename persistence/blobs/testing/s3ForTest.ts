import { sharedServer } from '../../../ops/servers/sharedServer.ts'
import type { S3Settings } from '../s3Client.ts'

/** What a server's script printed, as settings. */
export const s3SettingsOf = (given: Readonly<Record<string, string | undefined>>): S3Settings => ({
  endpoint: given['S3_ENDPOINT'] ?? '',
  region: given['S3_REGION'] ?? 'us-east-1',
  bucket: given['S3_BUCKET'] ?? 'studyhub',
  accessKeyId: given['S3_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: given['S3_SECRET_ACCESS_KEY'] ?? '',
  pathStyle: true,
})

/** The run's S3 server; its bucket is shared. */
export const s3ForTest = async (): Promise<S3Settings> => s3SettingsOf(await sharedServer('s3'))
