/** Chromium's own fake camera and microphone (a beep each second), all allowed without a question; shared is a fake screen, with sound. */
export const fakeDevices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
