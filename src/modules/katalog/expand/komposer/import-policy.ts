// May this Komposer build on what it imports? Katalogs say how far they are (lifecycle), a Komposer what it asks for
// (policy.lifecycle) and what it knows and takes all the same (lifecycle.accept).
import { type MapNode, rfc3339, type SourceNode, systemClock } from '../../../common';
import { versionSatisfies } from '../../../expression';
import { itemsAt, mapAt, nodeAt, textAt } from '../../source/tree';
import { type ExpandContext } from '../../source/read-tree';
import { CODE } from '../../validate/codes';

const RANKS: readonly string[] = ['alpha', 'beta', 'stable'];

export class ImportPolicy {
  private readonly minimum: string | undefined;
  private readonly accepted: readonly MapNode[];

  constructor(
    komposer: MapNode,
    private readonly context: ExpandContext,
    /** `YYYY-MM-DD` */
    private readonly today = rfc3339(systemClock.now()).slice(0, 10),
  ) {
    this.minimum = textAt(komposer, 'policy', 'lifecycle', 'minMaturity');
    this.accepted = itemsAt(komposer, 'lifecycle', 'accept', 'patterns').flatMap((item) => mapAt(item) ?? []);
  }

  /** `from`: the import that brought the Katalog in. */
  check(katalog: MapNode, from: SourceNode): void {
    const accepted = this.acceptanceOf(katalog);
    const name = textAt(katalog, 'metadata', 'name') ?? '';
    const isStale = accepted !== undefined && !this.isCovered(katalog, accepted);
    const state = deprecationOf(katalog, this.today);
    if (isStale) {
      const version = textAt(katalog, 'metadata', 'version') ?? '';
      this.report(accepted, 'warning', `the import has version ${version}, which this acceptance does not cover`);
    }
    if (state !== undefined) {
      const message = `the Katalog "${name}" is deprecated${state}`;
      if (accepted !== undefined) this.report(from, 'warning', message);
      else this.report(from, 'error', `${message}; lifecycle.accept.patterns of the Komposer can accept it`);
      return;
    }
    this.checkMaturity(textAt(katalog, 'lifecycle', 'maturity'), name, from, accepted !== undefined);
  }

  private checkMaturity(maturity: string | undefined, name: string, from: SourceNode, isAccepted: boolean): void {
    if (maturity === undefined || isAccepted) return;
    const rank = RANKS.indexOf(maturity);
    if (this.minimum !== undefined && rank < RANKS.indexOf(this.minimum)) {
      this.report(
        from,
        'error',
        `the Katalog "${name}" is ${maturity}: policy.lifecycle.minMaturity asks for ${this.minimum}`,
      );
    } else if (this.minimum === undefined && rank >= 0 && maturity !== 'stable') {
      this.report(from, 'warning', `the Katalog "${name}" is ${maturity}, which may change`);
    }
  }

  /** Names have to be equal; authors only where both sides tell one. */
  private acceptanceOf(katalog: MapNode): MapNode | undefined {
    const author = textAt(katalog, 'metadata', 'author');
    return this.accepted.find((item) => {
      const wanted = textAt(item, 'author');
      const isAuthor = wanted === undefined || author === undefined || wanted === author;
      return isAuthor && textAt(item, 'name') === textAt(katalog, 'metadata', 'name');
    });
  }

  private isCovered(katalog: MapNode, accepted: MapNode): boolean {
    const range = textAt(accepted, 'version');
    const version = textAt(katalog, 'metadata', 'version');
    return range === undefined || version === undefined || versionSatisfies(version, range) !== false;
  }

  private report({ position, path }: SourceNode, severity: 'error' | 'warning', message: string): void {
    this.context.problems.add({ severity, code: CODE.importPolicy, message, position, path });
  }
}

/** Undefined when it is not (yet); else how the sentence goes on. A date that is none is no date. */
function deprecationOf(katalog: MapNode, today: string): string | undefined {
  const block = nodeAt(katalog, 'lifecycle', 'deprecation');
  const isDeclared = textAt(katalog, 'lifecycle', 'maturity') === 'deprecated';
  const says = ['timeline', 'migratedTo', 'message'].some((key) => nodeAt(block, key) !== undefined);
  if (!isDeclared && !says) return undefined;
  const from = dateAt(block, 'from');
  const to = dateAt(block, 'to');
  if (from !== undefined && today < from) return undefined;
  const end = to === undefined ? '' : today >= to ? ` and at its end since ${to}` : `, until ${to}`;
  const instead = textAt(block, 'migratedTo');
  const message = textAt(block, 'message');
  return `${end}${instead === undefined ? '' : `; use ${instead}`}${message === undefined ? '' : `: ${message}`}`;
}

function dateAt(block: SourceNode | undefined, key: string): string | undefined {
  const text = textAt(block, 'timeline', key);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
}
