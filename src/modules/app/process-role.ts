/** The three processes and the port that each listens on when none is given (spec: runtime §2). */
export const PROCESS_ROLES = {
  runtime: { portDefault: 8080 },
  gateway: { portDefault: 8443 },
  controlcenter: { portDefault: 8081 },
} as const;

export type ProcessRole = keyof typeof PROCESS_ROLES;

/** Injects the ProcessRole of this process. */
export const PROCESS_ROLE = Symbol('PROCESS_ROLE');
