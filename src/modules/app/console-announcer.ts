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

class ConsoleAnnouncer implements Announcer {
  activity({ crd, key, action, what, detail }: Activity): void {
    // Each status write would repeat what the lines around it say.
    if (action === 'status') return;
    const more = detail === undefined || detail === '' ? '' : pc.dim(` (${detail})`);
    process.stdout.write(`${MARKS[action]} ${crd} ${key}  ${action} ${what}${more}\n`);
  }

  note(text: string): void {
    process.stdout.write(`${pc.dim('note:')} ${text}\n`);
  }
}

class LogAnnouncer implements Announcer {
  constructor(private readonly logger: Logger) {}

  activity({ crd, key, action, what, detail }: Activity): void {
    this.logger.info(`child.${action}`, { crd, key, what, ...(detail === undefined ? {} : { detail }) });
  }

  note(text: string): void {
    this.logger.info('runtime.note', { text });
  }
}
