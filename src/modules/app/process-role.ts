/** The three processes and the port that each listens on when none is given. */
export const PROCESS_ROLES = {
  runtime: { portDefault: 8080 },
  gateway: { portDefault: 8443 },
  controlcenter: { portDefault: 8081 },
} as const;

/** Name of a process, as it stands in its user agent and log lines. */
export type ProcessRole = keyof typeof PROCESS_ROLES;

/** Injects the ProcessRole of this process. */
export const PROCESS_ROLE = Symbol('PROCESS_ROLE');
