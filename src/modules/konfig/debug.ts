/** Whether stack traces may be shown; asked when settings may not exist yet. */
export function isDebugRequested(): boolean {
  return process.env['LOG_LEVEL'] === 'debug';
}
