import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './app/global.css'
import { createRoot } from 'react-dom/client'
import { createStudyHub } from '#client/createStudyHub.ts'
import { webStorage } from '#client/keyValue.ts'
import { App } from './app/App.tsx'
import { startI18n } from './i18n/index.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const hub = createStudyHub({ origin: location.origin, storage: webStorage(localStorage) })
await startI18n()
createRoot(root).render(<App hub={hub} />)
