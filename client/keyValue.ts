/** Where a device keeps what must survive a reload. Synchronous, like localStorage; shared by the tabs of a browser. */
export interface KeyValue {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/** Lives as long as the process: for Node, and for browsers that forbid storage. */
export function memoryStorage(): KeyValue {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}

type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** localStorage. A full or forbidden storage loses only the survival over a reload, never the message itself. */
export function webStorage(storage: WebStorage): KeyValue {
  const safely = <T>(run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch {
      return otherwise
    }
  }
  return {
    get: (key) => safely(() => storage.getItem(key), null),
    set: (key, value) => safely(() => storage.setItem(key, value), undefined),
    remove: (key) => safely(() => storage.removeItem(key), undefined),
    keys: () =>
      safely(
        () => Array.from({ length: storage.length }, (_, i) => storage.key(i)).filter((key) => key !== null),
        [] as string[],
      ),
  }
}
