/** What a user agent says of its program and machine, as far as a person would recognise it. Never trusted for more. */
export function deviceName(userAgent: string): { program: string; system: string; phone: boolean } {
  const named = /^([\p{L}\p{Nd} ._'()-]{1,60})$/u.exec(userAgent)?.[1]
  // What is no browser's way of naming itself is taken as it is, without a version.
  if (!userAgent.startsWith('Mozilla/')) {
    const own = named ?? /^([\w.-]{1,40})\//.exec(userAgent)?.[1] ?? ''
    return { program: own, system: '', phone: false }
  }
  const first = (table: readonly (readonly [RegExp, string])[]) => table.find(([is]) => is.test(userAgent))?.[1] ?? ''
  return { program: first(programs), system: first(systems), phone: /Mobi|iPhone|Android(?!.*Tablet)/.test(userAgent) }
}

// Order counts: nearly everything also calls itself Chrome or Safari.
const programs = [
  [/KAKAOTALK/i, 'KakaoTalk'],
  [/NAVER\(inapp/i, 'NAVER'],
  [/Whale\//, 'Whale'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HeadlessChrome\/|Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
] as const

/** An address as one may show it: enough to tell home from elsewhere, not enough to find a machine. */
export function coarseAddress(address: string | null): string {
  if (!address || address === 'unknown') return ''
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return address.replace(/\d+$/, 'x')
  return address.includes(':') ? `${address.split(':').slice(0, 3).join(':')}:x` : ''
}
