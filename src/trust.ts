/**
 * Whose certificates this process believes, as far as the environment decides it. A later step can change the
 * environment of post, and together with a proxy's address that would be enough to read what post sends.
 */
type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that are set; the same record in main and in post means the same trust. */
export function trustOf(environment: Environment): Readonly<Record<string, string>> {
  // SSL_CERT_* count for Node only with the system's authorities, and tools of all kinds set them.
  const system = environment.NODE_USE_SYSTEM_CA
    ? ['NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
    : [];
  const names = ['NODE_EXTRA_CA_CERTS', ...system];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

/** The variables in which two environments differ. */
export function differencesOfTrust(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (name) => before[name] !== now[name],
  );
}
