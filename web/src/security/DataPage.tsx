import { DeleteAccount } from './DeleteAccount.tsx'
import { ExportData } from './ExportData.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

/** What is kept about me: to take with me, or to have gone. */
export const DataPage = () => (
  <SettingsFrame path="/settings/data">
    {(me) => (
      <>
        <ExportData />
        <DeleteAccount me={me} />
      </>
    )}
  </SettingsFrame>
)
