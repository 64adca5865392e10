// The description of the language says where conditions stand; the table has to know all of these places, and no other.
import { type Field } from '../../schema';
import { katalogField } from '../model/katalog.fields';
import { segmentsOf } from './places';
import { SPELLINGS } from './spellings';

/** Patterns of the description at which an object has both lists of conditions. */
function conditionedPlaces(field: Field<unknown>, path: readonly string[] = []): readonly string[] {
  const { shape } = field;
  switch (shape?.kind) {
    case 'list':
      return conditionedPlaces(shape.item, [...path, '[]']);
    case 'map':
      return conditionedPlaces(shape.value, [...path, '*']);
    case 'either':
      return shape.alternatives.flatMap((one) => conditionedPlaces(one, path));
    case 'object': {
      const { properties } = shape;
      const own = 'or' in properties && 'when' in properties ? [path.join(' ')] : [];
      return [
        ...own,
        ...Object.entries(properties).flatMap(([key, { field: of }]) => conditionedPlaces(of, [...path, key])),
      ];
    }
    default:
      return [];
  }
}

const patterns = SPELLINGS.filter(({ old }) => old[0] === 'anyOf').flatMap(({ place }) => place.patterns);
const expressions = patterns.map((pattern) => {
  const segments = segmentsOf(pattern).map((segment) => (segment === '*' ? '\\S+' : segment.replace(/[[\]]/g, '\\$&')));
  return { pattern, expression: new RegExp(`^${segments.join(' ')}$`) };
});
const described = [...new Set(conditionedPlaces(katalogField))];

it('is known at every place of a Katalog that has conditions', () => {
  expect(described.length).toBeGreaterThan(20);
  expect(described.filter((place) => !expressions.some(({ expression }) => expression.test(place)))).toEqual([]);
});

it('is known nowhere else in a Katalog', () => {
  const beyond = expressions.filter(
    ({ pattern, expression }) => pattern.startsWith('spec.') && !described.some((place) => expression.test(place)),
  );
  expect(beyond.map(({ pattern }) => pattern)).toEqual([]);
});
