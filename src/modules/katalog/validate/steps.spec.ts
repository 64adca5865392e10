// The 54 steps of the check of a Katalog: each has a case that fails, at the mark, and one that passes. A step that
// can't fail here says why.
import { compile } from '../testing/katalog-source';
import { ADMISSION_STEPS } from '../testing/steps/admission.steps';
import { CHILDREN_STEPS } from '../testing/steps/children.steps';
import { IDENTITY_STEPS } from '../testing/steps/identity.steps';
import { KIND_STEPS } from '../testing/steps/kinds.steps';
import { WORK_STEPS } from '../testing/steps/work.steps';

const STEPS = [...IDENTITY_STEPS, ...CHILDREN_STEPS, ...ADMISSION_STEPS, ...WORK_STEPS, ...KIND_STEPS];

/** Steps without a case, and why. */
const CANNOT_FAIL: Readonly<Record<number, string>> = {
  9: "objects of the runtime are checked when code of one's own is registered, not when a file is read",
  12: 'sets flags of built-in kinds and refuses nothing',
};

describe.each(STEPS)('step $step: $what', ({ fails, says, passes }) => {
  it('fails', () => {
    const { errors, marked } = compile(fails);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(says);
    expect(errors[0]).toMatch(new RegExp(`^${marked ?? 'nowhere'} `));
  });

  it('passes', () => {
    expect(compile(passes).errors).toEqual([]);
  });
});

it('every step has its cases, or a reason', () => {
  const known = new Set([...STEPS.map(({ step }) => step), ...Object.keys(CANNOT_FAIL).map(Number)]);
  expect([...Array(54).keys()].map((index) => index + 1).filter((step) => !known.has(step))).toEqual([]);
});
