import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/wire/wire.ts';

/** Why a request failed that met this error. */
function reasonOf(code: string, facts = { sent: false, tunnel: false }) {
  const error = Object.assign(new Error('no connection'), { code });
  return faultOf(error, { received: '', begun: false, ...facts }).reason;
}

describe('a fault of the certificate', () => {
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  it.each(
    [
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN CERT_HAS_EXPIRED CRL_HAS_EXPIRED ERROR_IN_CERT_NOT_AFTER_FIELD',
      'ERROR_IN_CRL_NEXT_UPDATE_FIELD INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED HOSTNAME_MISMATCH',
      'ERR_TLS_CERT_ALTNAME_INVALID ERR_TLS_CERT_ALTNAME_FORMAT',
    ].flatMap((codes) => codes.split(' ')),
  )('is %s', (code) => {
    expect(reasonOf(code)).toBe('untrusted');
  });

  it.each(['ECONNREFUSED', 'ERR_SSL_WRONG_VERSION_NUMBER', 'OUT_OF_MEM', 'ERR_TLS_HANDSHAKE_TIMEOUT', ''])(
    'is not %j',
    (code) => {
      expect(reasonOf(code)).toBe('unreachable');
    },
  );
});

it.each([
  [{ sent: false, tunnel: true }, 'ECONNRESET', 'proxy'],
  [{ sent: true, tunnel: true }, 'ECONNRESET', 'broken'],
  [{ sent: false, tunnel: true }, 'CERT_HAS_EXPIRED', 'untrusted'],
  [{ sent: true, tunnel: false }, 'ECONNRESET', 'broken'],
])('until a request is sent, its proxy is at fault, but for a certificate: %j, %s', (facts, code, reason) => {
  expect(reasonOf(code, facts)).toBe(reason);
});
