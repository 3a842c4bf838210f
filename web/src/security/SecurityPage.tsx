import { Passkeys } from '../passkeys/Passkeys.tsx'
import { DeviceList } from './DeviceList.tsx'
import { LinkedProviders } from './LinkedProviders.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

/** Where one is signed in, and how. */
export const SecurityPage = () => (
  <SettingsFrame path="/settings/security">
    {() => (
      <>
        <DeviceList />
        <Passkeys />
        <SecondFactor />
        <LinkedProviders />
      </>
    )}
  </SettingsFrame>
)
