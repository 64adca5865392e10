// Symbols and colours of all commands. picocolors switches colour off where nobody looks.
import pc from 'picocolors';

export const SYMBOL = { ok: pc.green('✓'), failed: pc.red('✗'), warning: pc.yellow('⚠'), healthy: pc.green('●') };
export const RULE = '─'.repeat(60);

/** `3 CRDs`, `1 CRD`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
