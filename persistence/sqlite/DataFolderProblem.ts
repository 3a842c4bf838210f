export type DataFolderFault = 'locked' | 'readOnly' | 'corrupt' | 'full' | 'unusable'

/** The data folder cannot be used as it is. The message is for the person who started the process and says what to do. */
export class DataFolderProblem extends Error {
  override readonly name = 'DataFolderProblem'
  readonly fault: DataFolderFault
  readonly path: string
  constructor(fault: DataFolderFault, path: string, detail: string) {
    super(advice(fault, path, detail))
    this.fault = fault
    this.path = path
  }
}

function advice(fault: DataFolderFault, path: string, detail: string): string {
  switch (fault) {
    case 'locked':
      return `${path} is in use by another process. Stop that one first, or choose another data folder. (${detail})`
    case 'readOnly':
      return `${path} cannot be written. Give this user write access to the data folder, or choose another. (${detail})`
    case 'corrupt':
      return `${path} is damaged or not a StudyHub database. Nothing was changed; restore a backup, or move it away. (${detail})`
    case 'full':
      return `The disk that holds ${path} is full. Make room, then start again. (${detail})`
    case 'unusable':
      return `${path} cannot be used as a data folder or database. (${detail})`
    default:
      return fault satisfies never
  }
}

/** What an SQLite or file system error says about the data folder. */
export function faultOf(error: unknown): DataFolderFault {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return 'readOnly'
  if (code === 'ENOSPC') return 'full'
  // Extended result codes carry the primary one in their low byte.
  switch ((errcode ?? 0) & 0xff) {
    case 5:
    case 6:
      return 'locked'
    case 3:
    case 8:
      return 'readOnly'
    case 11:
    case 26:
      return 'corrupt'
    case 13:
      return 'full'
    default:
      return 'unusable'
  }
}

export const dataFolderProblem = (path: string, error: unknown): DataFolderProblem =>
  error instanceof DataFolderProblem
    ? error
    : new DataFolderProblem(faultOf(error), path, error instanceof Error ? error.message : String(error))
