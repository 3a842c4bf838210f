import { expect, test } from 'vitest'
import { dtlsParameters } from './dtlsParameters.ts'
import { parse } from './parse.ts'
import { rtpCapabilities } from './rtpCapabilities.ts'
import { rtpParameters } from './rtpParameters.ts'

const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }

test('MEDIA-21: what browsers add is passed over, absent is absent in every form, and header extensions nobody knows are left out', () => {
  const read = parse(rtpParameters, {
    mid: null,
    codecs: [
      {
        ...opus,
        parameters: { minptime: 10, useinbandfec: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} },
      { uri: 'urn:example:not-known', id: 5 },
    ],
    encodings: [{ ssrc: 5, active: true, scaleResolutionDownBy: 2, networkPriority: 'low' }],
    rtcp: { cname: 'c', mux: true },
  })
  expect(read).toMatchObject({ ok: { headerExtensions: [{ id: 4 }], encodings: [{ ssrc: 5 }], rtcp: { cname: 'c' } } })
  expect(read).not.toHaveProperty('ok.encodings.0.active')
  expect(parse(rtpCapabilities, { codecs: null, fecMechanisms: [] })).toMatchObject({ ok: {} })
})

test('MEDIA-21: what mediasoup could not write down is refused before it sees it', () => {
  const invalid = { refused: 'invalid' }
  expect(parse(rtpParameters, { codecs: [opus], encodings: [{ rid: {} }] })).toMatchObject({
    ...invalid,
    details: { at: 'encodings.0.rid' },
  })
  for (const bad of [
    undefined,
    { codecs: [], encodings: [{}] },
    { codecs: [opus], encodings: [{}, {}, {}, {}] },
    { codecs: [{ ...opus, payloadType: 128 }], encodings: [{}] },
    { codecs: [{ ...opus, parameters: { a: {} } }], encodings: [{}] },
    { codecs: [{ ...opus, mimeType: 'text/html' }], encodings: [{}] },
  ])
    expect(parse(rtpParameters, bad)).toMatchObject(invalid)
  for (const bad of [
    {},
    { fingerprints: [] },
    { fingerprints: [{ algorithm: 'md5', value: 'AB' }] },
    { fingerprints: [{ algorithm: 'sha-1', value: 'zz' }] },
  ])
    expect(parse(dtlsParameters, bad)).toMatchObject(invalid)
})
