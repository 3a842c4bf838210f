import { openLedgerFile } from '../openLedgerFile.ts'
import { sqliteLedger } from '../sqliteLedger.ts'

// Appends to many places at once until it is killed, and says each acknowledged version: "place version".
const [path = '', places = '20'] = process.argv.slice(2)
const ledger = sqliteLedger(await openLedgerFile({ path }))

async function appendTo(place: string): Promise<void> {
  const claim = await ledger.claim(place, `node-${process.pid}`)
  if ('owner' in claim) throw new Error(`${place} is owned by ${claim.owner}`)
  let version = claim.version
  for (let batch = 0; ; batch++) {
    const events = Array.from({ length: 1 + (batch % 3) }, (_, i) => ({
      id: `${place}/${version + i + 1}`,
      type: 'test.happened',
      version: 1,
      at: batch,
      actor: null,
      data: { text: 'x'.repeat(200) },
    }))
    const appended = await ledger.append({
      place,
      epoch: claim.epoch,
      expectedVersion: version,
      batchId: `${batch}`,
      events,
    })
    if (!appended.ok) throw new Error(appended.why)
    version = appended.version
    if (batch % 50 === 49) await ledger.snapshot(place, claim.epoch, version, `at ${version}`)
    process.stdout.write(`${place} ${version}\n`)
  }
}

await Promise.all(Array.from({ length: Number(places) }, (_, i) => appendTo(`place-${i}`)))
