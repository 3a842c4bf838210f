// In a cascade layer: our own styles win whatever order the files come in.
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './app/global.css'
import { createRoot } from 'react-dom/client'
import { createStudyHub } from '#client/createStudyHub.ts'
import { webStorage } from '#client/keyValue.ts'
import { App } from './app/App.tsx'
import { Broken, LastResort } from './app/LastResort.tsx'
import { startI18n } from './i18n/index.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const hub = createStudyHub({ origin: location.origin, storage: webStorage(localStorage) })
const page = createRoot(root)
try {
  await startI18n()
  page.render(
    <LastResort>
      <App hub={hub} />
    </LastResort>,
  )
} catch (error) {
  // The texts could not be loaded: an old page after a deploy, or no network.
  console.error(error)
  page.render(<Broken />)
}
