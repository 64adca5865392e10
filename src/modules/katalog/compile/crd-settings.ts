// Labels, finalizers, selectors and CR files of a CRD entry.
import { existsSync } from 'node:fs';
import { isLabelValue, isQualifiedName, type ProblemList, type SourceText } from '../../common';
import { compileText, type CompileOptions } from '../../expression';
import { type CrdEntry } from '../model/crd.fields';
import { type KatalogFile } from '../model/katalog.fields';
import { isRemote, locationFrom } from '../source/location';
import { CODE } from '../validate/codes';
import { type CompiledCrd } from './compiled-katalog';

/** Labels for the CRs; written on every pass, so nothing in them may be random. */
export function compileLabels(entry: CrdEntry, problems: ProblemList, options: CompileOptions): CompiledCrd['labels'] {
  return [...(entry.labels ?? [])].map(([key, source]) => {
    const value = compileText(source, problems, options);
    if (value.isStatic && !isLabelValue(source.text)) {
      report(source, CODE.label, `"${source.text}" is not a label value`, problems);
    }
    if (value.purity === 'random') {
      report(source, CODE.random, `label "${key}" is random: every pass would write a new value`, problems);
    }
    return { key, value };
  });
}

/** Those of the operatorBox and of spec.finalizers, each once. */
export function finalizersOf(entry: CrdEntry, katalog: KatalogFile, problems: ProblemList): readonly string[] {
  const own = entry.operatorBox?.finalizers ?? [];
  const shared = katalog.spec?.finalizers ?? [];
  for (const finalizer of own) checkFinalizer(finalizer, problems);
  return [...new Set([...own, ...shared].map(({ text }) => text))];
}

/** Kubernetes wants `example.org/name`. */
export function checkFinalizer(finalizer: SourceText, problems: ProblemList): void {
  if (finalizer.text.includes('/') && isQualifiedName(finalizer.text)) return;
  const message = `expected a finalizer such as example.org/cleanup, found "${finalizer.text}"`;
  report(finalizer, CODE.finalizer, message, problems);
}

export function selectorsOf(
  entry: CrdEntry,
  problems: ProblemList,
): Pick<CompiledCrd, 'labelSelector' | 'fieldSelector'> {
  for (const value of entry.labelSelector?.values() ?? []) {
    if (!isLabelValue(value.text)) report(value, CODE.selector, `"${value.text}" is not a label value`, problems);
  }
  for (const value of entry.fieldSelector?.values() ?? []) {
    if (/[,=!\\]/.test(value.text)) {
      report(value, CODE.selector, `"${value.text}" can't stand in a field selector`, problems);
    }
  }
  return { labelSelector: selectorText(entry.labelSelector), fieldSelector: selectorText(entry.fieldSelector) };
}

function selectorText(selector: ReadonlyMap<string, SourceText> | undefined): string | undefined {
  if (selector === undefined || selector.size === 0) return undefined;
  return [...selector].map(([key, value]) => `${key}=${value.text}`).join(',');
}

/** Absolute paths. A missing file is no error of a production run, which never applies them. */
export function crFilesOf(entry: CrdEntry, problems: ProblemList): readonly string[] {
  return (entry.crFiles ?? []).flatMap(({ text, node }) => {
    const { position, path } = node;
    const file = locationFrom(position.file, text);
    if (file === undefined || isRemote(file)) {
      const message = `${text}: CRs are applied from files of this machine only; this one is left out`;
      problems.add({ severity: 'warning', code: CODE.crFile, message, position, path });
      return [];
    }
    if (!existsSync(file)) {
      const message = `${text}: no such file; it is needed where CRs are applied (--apply-cr)`;
      problems.add({ severity: 'warning', code: CODE.crFile, message, position, path });
    }
    return [file];
  });
}

function report({ node }: SourceText, code: string, message: string, problems: ProblemList): void {
  problems.add({ severity: 'error', code, message, position: node.position, path: node.path });
}
