// The object that a field leads to, through lists and maps.
import { type Field, type OtherKeys, type Property } from '../../schema';

export type Properties = Readonly<Record<string, Property<unknown>>>;

export interface ObjectBelow {
  readonly typeName: string;
  readonly properties: Properties;
  /** Of an object that takes other keys, too. */
  readonly others?: OtherKeys;
  /** What a path goes through on the way: `[]` for items of a list, `<name>` for values of a map. */
  readonly through: readonly ('[]' | '<name>')[];
}

/** Of several forms the first one that leads to an object. */
export function objectBelow({ typeName, shape }: Field<unknown>): ObjectBelow | undefined {
  switch (shape?.kind) {
    case 'object':
      return { typeName, ...shape, through: [] };
    case 'list':
      return behind('[]', objectBelow(shape.item));
    case 'map':
      return behind('<name>', objectBelow(shape.value));
    case 'either':
      return shape.alternatives.map(objectBelow).find((below) => below !== undefined);
    default:
      return undefined;
  }
}

function behind(step: '[]' | '<name>', below: ObjectBelow | undefined): ObjectBelow | undefined {
  return below === undefined ? undefined : { ...below, through: [step, ...below.through] };
}
