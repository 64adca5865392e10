// The live lines of `ork run` on standard output. Elsewhere the same facts are log lines.
import pc from 'picocolors';
import { type Settings } from '../konfig';
import { type Announcer } from '../kordinator';
import { type Logger } from '../observability';
import { type Activity } from '../reconciler';

const MARKS: Readonly<Record<Activity['action'], string>> = {
  created: pc.green('+'),
  updated: pc.yellow('~'),
  corrected: pc.yellow('~'),
  deleted: pc.red('-'),
  pruned: pc.red('-'),
  status: pc.dim('·'),
  finalizer: pc.dim('·'),
  ready: pc.green('✓'),
  failed: pc.red('✗'),
};

/** Lines for people when the process belongs to `ork run`, log lines otherwise. */
export function announcerFor(settings: Settings, logger: Logger): Announcer {
  return settings.printsActivity ? new ConsoleAnnouncer() : new LogAnnouncer(logger);
}

const MAX_FAILURES = 1_000;

export class ConsoleAnnouncer implements Announcer {
  /** The last failure of a CR that was said: a retry that fails alike is no news. */
  private readonly failures = new Map<string, string>();

  constructor(private readonly print: (line: string) => unknown = (line) => process.stdout.write(line)) {}

  activity({ crd, key, action, what, detail, excerpt = '' }: Activity): void {
    // Each status write would repeat what the lines around it say.
    if (action === 'status' || this.isRepeated(`${crd} ${key}`, action, what)) return;
    const more = detail === undefined || detail === '' ? '' : pc.dim(` (${detail})`);
    const did = what === '' ? action : `${action} ${what}`;
    this.print(`${MARKS[action]} ${crd} ${key}  ${did}${more}${pc.dim(excerpt)}\n`);
  }

  note(text: string): void {
    this.print(`${pc.dim('note:')} ${text}\n`);
  }

  private isRepeated(cr: string, action: Activity['action'], what: string): boolean {
    if (action === 'ready') this.failures.delete(cr);
    if (action !== 'failed') return false;
    if (this.failures.get(cr) === what) return true;
    if (this.failures.size >= MAX_FAILURES) this.failures.clear();
    this.failures.set(cr, what);
    return false;
  }
}

class LogAnnouncer implements Announcer {
  constructor(private readonly logger: Logger) {}

  activity({ crd, key, action, what, detail, excerpt }: Activity): void {
    this.logger.info(`child.${action}`, {
      crd,
      key,
      what,
      ...(detail === undefined ? {} : { detail }),
      ...(excerpt === undefined ? {} : { excerpt }),
    });
  }

  note(text: string): void {
    this.logger.info('runtime.note', { text });
  }
}
