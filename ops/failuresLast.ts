import type { Reporter, TestCase, TestModule } from 'vitest/node'

const firstLine = (text: string) => text.split('\n', 1)[0]?.slice(0, 300) ?? ''

/** In CI often only the end of the output is kept: each failure in one line, and which files took longest (in seconds), as the last thing printed. */
export default class FailuresLast implements Reporter {
  onTestRunEnd(files: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const failed: string[] = []
    const tell = (name: string, errors: readonly { message: string }[]) =>
      failed.push(`FAILED ${name}: ${firstLine(errors[0]?.message ?? '')}`)
    for (const file of files) {
      if (file.errors().length > 0) tell(file.relativeModuleId, file.errors())
      for (const suite of file.children.allSuites()) if (suite.errors().length > 0) tell(suite.fullName, suite.errors())
      for (const test of file.children.allTests('failed')) tell(this.#nameOf(test), test.result().errors ?? [])
    }
    for (const error of unhandled) tell('outside any test', [error])
    const seconds = (file: TestModule) => Math.round(file.diagnostic().duration / 1000)
    const slowest = [...files].sort((a, b) => seconds(b) - seconds(a)).slice(0, 5)
    console.log(`slowest: ${slowest.map((it) => `${it.relativeModuleId} ${seconds(it)} s`).join(', ')}`)
    for (const line of failed) console.log(line)
  }

  #nameOf(test: TestCase): string {
    const { duration = 0 } = test.diagnostic() ?? {}
    return `${test.module.relativeModuleId} > ${test.fullName} (${Math.round(duration / 1000)} s)`
  }
}
