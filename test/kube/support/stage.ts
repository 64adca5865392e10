// A plane, its Websites and an operator that is restarted and comes to rest: what tests of the engine's rules ask for.
import { type JsonObject, LEASE_NAME } from '../../../src/modules/common';
import { type ObjectMeta } from '../../../src/modules/kube';
import { eventually } from './eventually';
import { Operator } from './operator';
import { People } from './people';
import { type Plane } from './plane';
import { DEPLOYMENTS, Websites } from './websites';

/** What the tests read of a Deployment. */
export interface LiveDeployment {
  readonly metadata: ObjectMeta & { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: JsonObject };
    readonly template: {
      readonly spec: {
        readonly containers: readonly [
          { readonly image: string; readonly resources: { readonly requests?: Readonly<Record<string, string>> } },
        ];
      };
    };
  };
}

export class Stage {
  readonly websites: Websites;
  readonly people: People;
  private runs: Operator | undefined;

  /** `katalog`: text of the Katalog that the operator gets when a test names no other. */
  constructor(
    readonly plane: Plane,
    private readonly katalog: string,
  ) {
    this.websites = new Websites(plane);
    this.people = new People(plane);
  }

  get operator(): Operator {
    if (this.runs === undefined) throw new Error('no operator runs');
    return this.runs;
  }

  async start(katalog = this.katalog): Promise<void> {
    this.runs = await Operator.start(this.plane, { katalog });
  }

  async restart(katalog?: string): Promise<void> {
    await this.stop();
    await this.start(katalog);
  }

  /** Ends the operator; the plane stays. */
  async stop(): Promise<void> {
    await this.runs?.stop();
  }

  async deployment(name: string): Promise<LiveDeployment> {
    const found = await this.websites.find(DEPLOYMENTS, name);
    if (found === undefined) throw new Error(`no Deployment ${name}`);
    return found as unknown as LiveDeployment;
  }

  /** Makes Websites of these names and waits until they are ready. */
  async ready(...names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.websites.create(name)));
    for (const name of names) await this.websites.condition(name, 'True');
  }

  /** Writes since then, as `patch deployments/web`; who leads is told by an Event of its own. */
  writesSince(mark: number): readonly string[] {
    return this.plane.audit
      .writes(mark)
      .map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}/${objectRef?.name ?? ''}`)
      .filter((write) => !write.includes(` events/${LEASE_NAME}.`));
  }

  /** Soon there are several passes of every Website without one write; what fights never comes to that. */
  async expectRest(): Promise<void> {
    await eventually('nothing is written any more', async () => {
      const mark = Date.now();
      const passes = await this.operator.metric('controller_reconcile_total');
      const enough = passes + (await this.operator.metric('controller_resource_count')) * 3;
      await eventually('every Website was looked at three times', async () => {
        return (await this.operator.metric('controller_reconcile_total')) >= enough;
      });
      expect(this.writesSince(mark)).toEqual([]);
      return true;
    });
  }

  /** None that the server accepted to objects of this name, status and Events apart. */
  async expectNoWrites(during: () => Promise<unknown>, name: string): Promise<void> {
    const mark = Date.now();
    await during();
    const accepted = this.plane.audit
      .writes(mark)
      .filter(({ objectRef, responseStatus }) => objectRef?.name === name && (responseStatus?.code ?? 0) < 300);
    expect(accepted.map(({ requestURI }) => requestURI)).toEqual([]);
  }
}
