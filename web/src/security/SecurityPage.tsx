import { DeviceList } from './DeviceList.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'

/** Where one is signed in, and how. */
export const SecurityPage = () => <SettingsFrame path="/settings/security">{() => <DeviceList />}</SettingsFrame>
