// Variables become slots while the text is parsed, so that evaluation never looks a name up. Go checks names when it
// parses and finds values when it runs; where both differ (a variable of the `if` list in its `else` list) the name is
// known here, but UNDECLARED.
import { type Declared, UNDECLARED } from './ast';

interface Known extends Declared {
  /** It has a value where the parser stands now. */
  isLive: boolean;
}

/** The variables of one template body. */
export class Scope {
  private readonly known: Known[] = [{ name: '$', slot: 0, isLive: true }];
  private nextSlot = 1;

  /** Slots that a frame needs. */
  get size(): number {
    return this.nextSlot;
  }

  /** A place to come back to with leave and forget. */
  mark(): number {
    return this.known.length;
  }

  /** What was declared since the mark has no value any more, but its names stay known. */
  leave(mark: number): void {
    for (let i = mark; i < this.known.length; i++) (this.known[i] as Known).isLive = false;
  }

  /** The names since the mark are unknown again. */
  forget(mark: number): void {
    this.known.length = mark;
  }

  /** The name is known from here on; it has no value before `settle`. */
  announce(name: string): Known {
    const variable: Known = { name, slot: UNDECLARED, isLive: false };
    this.known.push(variable);
    return variable;
  }

  /** The pipeline that declares the announced variables ended. */
  settle(announced: readonly Known[], isAssignment: boolean): readonly Declared[] {
    if (isAssignment) return announced.map(({ name }) => ({ name, slot: this.slotOf(name) ?? UNDECLARED }));
    return announced.map((variable) => {
      const slot = this.nextSlot++;
      Object.assign(variable, { slot, isLive: true });
      return { name: variable.name, slot };
    });
  }

  /** UNDECLARED when the name has no value here, undefined when nobody declares it. */
  slotOf(name: string): number | undefined {
    let isKnown = false;
    for (let i = this.known.length - 1; i >= 0; i--) {
      const variable = this.known[i] as Known;
      if (variable.name !== name) continue;
      if (variable.isLive) return variable.slot;
      isKnown = true;
    }
    return isKnown ? UNDECLARED : undefined;
  }

  names(): readonly string[] {
    return this.known.map(({ name }) => name);
  }
}
