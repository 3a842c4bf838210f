import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The usual order, but the files that take the longest by far begin: what begins last is waited for by an idle processor. */
export default class LooksFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => /\/looks\w+\.e2e\.test\.ts$/.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
