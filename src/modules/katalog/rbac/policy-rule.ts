// The vocabulary of rights.

/** rbac.authorization.k8s.io/v1 PolicyRule. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** Of what is only looked at. */
export const READ = ['get', 'list', 'watch'];
/** Of children. A guarded create is an apply, which the API server checks as create and patch. */
export const CHILD = ['get', 'list', 'watch', 'create', 'patch', 'delete'];
