// https://nodejs.org/api/tls.html#x509-certificate-error-codes, and Node's own check of the name.
const CERTIFICATE =
  /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|ERROR_IN_C|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERR_TLS_CERT)/;

/** Whether this code of an error says that the other side's certificate is not trusted, or not for this host. */
export function isCertificateCode(code: string): boolean {
  return CERTIFICATE.test(code);
}

/** The code that Node or undici gave an error, or nothing. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
