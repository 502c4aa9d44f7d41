import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/atlas/wire-fault.ts';
import { isCertificateFault } from '../../src/github/faults.ts';

/** What came of it, towards Atlas and towards GitHub. */
function verdicts(code: string): { atlas: boolean; github: boolean } {
  const error = Object.assign(new Error('no connection'), { code });
  const { reason } = faultOf(error, { sent: false, received: '', begun: false });
  return { atlas: reason === 'untrusted', github: isCertificateFault(error) };
}

describe('towards Atlas and towards GitHub alike', () => {
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  it.each([
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'CERT_HAS_EXPIRED',
    'CRL_HAS_EXPIRED',
    'ERROR_IN_CERT_NOT_AFTER_FIELD',
    'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'HOSTNAME_MISMATCH',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_TLS_CERT_ALTNAME_FORMAT',
  ])('%s is a fault of the certificate', (code) => {
    expect(verdicts(code)).toEqual({ atlas: true, github: true });
  });

  it.each(['ECONNREFUSED', 'ERR_SSL_WRONG_VERSION_NUMBER', 'OUT_OF_MEM', 'ERR_TLS_HANDSHAKE_TIMEOUT', ''])(
    '%j is none',
    (code) => {
      expect(verdicts(code)).toEqual({ atlas: false, github: false });
    },
  );
});
