import type { DataFolderFault } from './DataFolderProblem.ts'

export type Rows = { readonly rows: Record<string, unknown>[]; readonly changes: number }

/**
 * What the main thread asks of a file's worker. `call` and `run` write and join the group's transaction; `read` only
 * reads, before it. `begin`, `in` and `end` are an interactive transaction: while it is open everything else waits.
 */
export type Op =
  | { readonly op: 'call' | 'read'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly op: 'run'; readonly id: number; readonly sql: string; readonly params: readonly unknown[] }
  | { readonly op: 'begin'; readonly id: number; readonly tx: number }
  | {
      readonly op: 'in'
      readonly id: number
      readonly tx: number
      readonly sql: string
      readonly params: readonly unknown[]
    }
  | { readonly op: 'end'; readonly id: number; readonly tx: number; readonly commit: boolean }
  | { readonly op: 'close'; readonly id: number }

export type Failure = {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly errcode: number | undefined
}

export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: Failure }

export type FromWorker =
  | { readonly ready: true }
  | { readonly problem: { readonly fault: DataFolderFault; readonly path: string; readonly message: string } }
  | { readonly broken: Failure }
  | readonly Answer[]

export type WorkerSetup = { readonly path: string; readonly procedures: string | null; readonly options: unknown }

export function failureOf(error: unknown): Failure {
  const e = error as { name?: string; message?: string; code?: string; errcode?: number }
  return {
    name: e?.name ?? 'Error',
    message: e?.message ?? String(error),
    code: e?.code,
    errcode: e?.errcode,
  }
}
