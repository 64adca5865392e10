// `ork validate`: what the compiler says, in words.
import pc from 'picocolors';
import { formatDuration, formatProblem, gvkString, KatalogInvalidError, type Problem } from '../../modules/common';
import { type UserNote } from '../../modules/expression';
import {
  type CompiledCrd,
  type CompiledKatalog,
  deriveCrdRules,
  deriveRuntimeRules,
  type PolicyRule,
  ruleText,
} from '../../modules/katalog';
import { type CheckedPart, checkHere, type CheckOptions } from '../katalog/check-here';
import { type CompiledHere } from '../katalog/compile-here';
import { deletedEntries, statusPaths } from '../katalog/box-facts';
import { dependencyGraph } from '../katalog/dependency-graph';
import { entryCounts } from '../katalog/entry-counts';
import { oneLine } from '../katalog/note-entries';
import { ownProfileLines, profileLines, type ProfileList, profileList } from '../katalog/profile-list';
import { count, RULE, SYMBOL } from '../render/symbols';
import { motifText } from './motif-text';
import { suiteText } from './suite-text';
import { type Findings, report, type ReportFormat } from './validate/reports';

export interface ValidateOptions extends CheckOptions {
  /** Nothing but the notes. */
  readonly notesOnly?: boolean;
  /** Nothing but the profiles. */
  readonly profilesOnly?: boolean;
  /** Warnings are failures. */
  readonly isStrict?: boolean;
  /** Also what waits for what, and the rights that the runtime needs. */
  readonly isFull?: boolean;
}

/** The text to print. Rejects with KatalogInvalidError with every problem. */
export async function validate(
  files: readonly string[],
  directory: string,
  options: ValidateOptions = {},
): Promise<string> {
  const parts = await checkHere(files, directory, options);
  const warnings = parts.flatMap((part) => part.warnings);
  if (options.isStrict === true && warnings.length > 0) throw new KatalogInvalidError(warnings);
  const katalogs = parts.filter((part) => 'katalog' in part);
  if (options.profilesOnly === true) return `${profileLines(profilesOf(katalogs, directory)).join('\n')}\n`;
  const shown = options.notesOnly === true && katalogs.length > 0 ? katalogs : parts;
  return shown.map((part) => partText(part, directory, options)).join('\n');
}

function partText(part: CheckedPart, directory: string, options: ValidateOptions): string {
  if ('motif' in part) return motifText(part);
  if ('suite' in part) return suiteText(part);
  return katalogText(part, directory, options);
}

/** What runs together is one Katalog; other files have no uses of profiles to tell of. */
function profilesOf([katalog]: readonly CompiledHere[], directory: string): ProfileList {
  if (katalog === undefined) throw new Error('--profiles lists those of a Katalog, and there is none');
  return profileList(katalog.katalog, directory);
}

function katalogText(
  { katalog, warnings, unrunnable }: CompiledHere,
  directory: string,
  { notesOnly = false, isFull = false }: ValidateOptions,
): string {
  const notes = describeNotes(katalog.notes);
  if (notesOnly) return `${(notes.length === 0 ? ['no notes are declared'] : notes).join('\n')}\n`;
  const profiles = ownProfileLines(profileList(katalog, directory));
  const lines = [pc.bold('Validating Katalog...'), ''];
  const sorted = [...katalog.crds].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const crd of sorted) {
    lines.push(...describeCrd(crd), ...(isFull ? [...describeProfiles(crd, katalog), ...describeRights(crd)] : []), '');
  }
  if (notes.length > 0) lines.push(...notes, '');
  if (profiles.length > 0) lines.push(...profiles, '');
  lines.push(RULE, `${SYMBOL.ok} ${count(sorted.length, 'CRD')} valid (${katalog.name})`);
  for (const warning of warnings) lines.push(`${SYMBOL.warning} ${formatProblem(warning)}`);
  lines.push(...describeUnrunnable(unrunnable));
  if (isFull) lines.push(...describeFully(katalog));
  return `${lines.join('\n')}\n`;
}

/** The same for programs: what is wrong is part of the text. Rejects only when a file can't be read. */
export async function validateReport(
  files: readonly string[],
  directory: string,
  format: ReportFormat,
  options: ValidateOptions = {},
): Promise<{ readonly text: string; readonly isValid: boolean }> {
  if (options.profilesOnly === true && format !== 'json') {
    throw new Error(`--profiles has no form for -o ${format}; there is -o json`);
  }
  const findings = await findingsOf(files, directory, options);
  return { text: report(format, findings), isValid: findings.isValid };
}

async function findingsOf(files: readonly string[], directory: string, options: ValidateOptions): Promise<Findings> {
  try {
    const parts = await checkHere(files, directory, options);
    const warnings = parts.flatMap((part) => part.warnings);
    const unrunnable = parts.flatMap((part) => part.unrunnable);
    const katalogs = parts.filter((part) => 'katalog' in part);
    const listed = options.profilesOnly === true ? { listed: profilesOf(katalogs, directory) } : {};
    const isValid = options.isStrict !== true || warnings.length === 0;
    return { isValid, problems: [...warnings, ...unrunnable], ...listed };
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    return { isValid: false, problems: [...error.problems, ...error.warnings] };
  }
}

/** Classes and names, as the entries write them. */
function describeProfiles({ name }: CompiledCrd, { profileUses }: CompiledKatalog): readonly string[] {
  const used = profileUses.filter(({ crd }) => crd === name).map((use) => `${use.profiles.key} ${use.name}`);
  return used.length === 0 ? [] : [`    profiles: ${[...new Set(used)].sort().join(', ')}`];
}

function describeFully(katalog: CompiledKatalog): readonly string[] {
  const { gatewayRules } = katalog;
  const lines = (rules: readonly PolicyRule[]): readonly string[] => rules.map((rule) => `    ${ruleText(rule)}`);
  const gateway =
    gatewayRules === undefined
      ? ['    the Katalog asks for no gateway']
      : gatewayRules.length === 0
        ? ['    none']
        : lines(gatewayRules);
  return [
    '',
    pc.bold('Dependency graph'),
    ...dependencyGraph(katalog.crds).map((line) => (line === '' ? '' : `    ${line}`)),
    '',
    pc.bold('Permissions of the runtime'),
    ...lines(deriveRuntimeRules(katalog)),
    '',
    pc.bold('Permissions of the gateway'),
    ...gateway,
  ];
}

/** What a CRD alone asks for. */
function describeRights(crd: CompiledCrd): readonly string[] {
  const rules = deriveCrdRules(crd);
  return rules.length === 0 ? [] : ['    permissions:', ...rules.map((rule) => `      ${ruleText(rule)}`)];
}

/** Right as written, so no failure of the check; but a run would refuse it. */
function describeUnrunnable(unrunnable: readonly Problem[]): readonly string[] {
  if (unrunnable.length === 0) return [];
  return [
    '',
    pc.bold(`${count(unrunnable.length, 'part')} can't run with this version yet`),
    ...unrunnable.map((problem) => `    ${formatProblem(problem)}`),
  ];
}

function describeNotes(notes: readonly UserNote[]): readonly string[] {
  if (notes.length === 0) return [];
  const width = Math.max(...notes.map(({ name }) => name.length));
  return [
    pc.bold('Notes'),
    ...notes.map(({ name, description, expression }) => {
      const about = description === '' ? '' : pc.dim(`  # ${oneLine(description)}`);
      return `    ${name.padEnd(width)}  ${oneLine(expression)}${about}`;
    }),
  ];
}

function describeCrd(crd: CompiledCrd): readonly string[] {
  const { workers, resyncMs, onCreate, onReconcile } = crd;
  const blocks: readonly (readonly [string, string])[] = [
    ['onCreate', entryCounts(onCreate.entries)],
    ['onReconcile', entryCounts(onReconcile.entries)],
    ['onDelete', entryCounts(deletedEntries(crd))],
    ['status', statusPaths(crd).join(', ')],
    ['dependsOn', crd.dependsOn.map(({ name, condition }) => `${name} (${condition})`).join(', ')],
  ];
  return [
    `${SYMBOL.healthy} ${pc.bold(crd.name)}`,
    `    ${gvkString(crd.gvk)}  workers: ${workers.value}  resync: ${formatDuration(resyncMs.value)}`,
    ...blocks.filter(([, text]) => text !== '').map(([name, text]) => `    ${name}: ${text}`),
  ];
}
