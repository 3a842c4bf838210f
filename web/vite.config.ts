import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

// `#client/*` and `#schemas/*` are resolved by the `imports` of the one package.json.
export default defineConfig({
  root: here,
  plugins: [react()],
  build: { target: 'es2024', outDir: `${here}dist`, emptyOutDir: true },
})
