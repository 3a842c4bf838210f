/** Where the brokers are and how this deployment's topics look. All of it comes from the environment (README). */
export interface KafkaSettings {
  readonly brokers: readonly string[]
  readonly sasl?: { readonly username: string; readonly password: string; readonly mechanism: SaslMechanism }
  /** TLS; a certificate authority of one's own as PEM. */
  readonly tls?: boolean | { readonly ca: string }
  /** Before each topic's and group's name, so that several deployments share a cluster. */
  readonly prefix: string
  /** Of the event topic, when it is created. More never come by themselves: keys would change their partition. */
  readonly partitions: number
  readonly replicas: number
  /** How long events are kept. */
  readonly retentionMs: number
  /** A worker that is silent this long loses its partitions. The brokers' own least is 6 s by default. */
  readonly sessionTimeoutMs: number
}

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512'

export const kafkaDefaults = {
  prefix: 'studyhub',
  partitions: 12,
  replicas: 3,
  retentionMs: 7 * 24 * 60 * 60 * 1000,
  sessionTimeoutMs: 6000,
} as const satisfies Partial<KafkaSettings>

/** As long as brokers are given at an end. One that is away says no farewell: then it finds out by itself. */
export const FAREWELL_MS = 4000
