// Problems for programs: JSON, SARIF for code scanning, annotations of GitHub Actions.
import { type Problem } from '../../../modules/common';
import { type ProfileList } from '../../katalog/profile-list';
import { sarifLog } from './sarif';

export type ReportFormat = 'json' | 'sarif' | 'github';

/** What a check found, whether it failed or not; files are named as one would type them. */
export interface Findings {
  readonly isValid: boolean;
  readonly problems: readonly Problem[];
  /** What was asked for beside them; only in JSON. */
  readonly listed?: ProfileList;
}

/** The report as text, with a line end. */
export function report(format: ReportFormat, findings: Findings): string {
  switch (format) {
    case 'json':
      return json(findings);
    case 'sarif':
      return sarifLog(findings.problems);
    case 'github':
      return github(findings);
  }
}

function json({ isValid, problems, listed }: Findings): string {
  const told = problems.map(({ severity, code, message, position: { file, line, column }, path }) => {
    return { severity, code, message, file, line, column, path };
  });
  return `${JSON.stringify({ valid: isValid, problems: told, ...listed }, undefined, 2)}\n`;
}

const ANNOTATION = { error: 'error', warning: 'warning', unrunnable: 'notice' } as const;

/** Workflow commands: a line each, so line ends and what ends a property are escaped. */
function github({ problems }: Findings): string {
  return problems
    .map(({ severity, code, message, position: { file, line, column } }) => {
      const place = `file=${property(file)},line=${line},col=${column},title=${code}`;
      return `::${ANNOTATION[severity]} ${place}::${escaped(message)}\n`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
