// Secrets that stand in the file. Whoever reads the Katalog, its repository or the ConfigMap that it runs from has them.
// A problem names the place and never the value. What is taken from elsewhere (a template, $(VARIABLE)) is no secret.
import { type SourceNode, type SourceText } from '../../common';
import { resourceKinds } from '../../resources';
import { type Block, entriesOf } from '../model/block.fields';
import { holdsSecret } from '../model/secret-names';
import { CODE } from './codes';
import { boxesOf, enabledEntries, type EntryRule, type Findings, type KatalogRule } from './rule';

/** What entries of a workload, of Secrets and of ConfigMaps have. */
interface EntryFields {
  readonly env?: readonly { readonly name?: SourceText | undefined; readonly value?: SourceText | undefined }[];
  readonly data?: ReadonlyMap<string, SourceText>;
}

const WORKLOADS = resourceKinds.filter(({ facts }) => facts.isWorkload).map(({ facts }) => facts.listKey);
const POD_KINDS = [...new Set([...WORKLOADS, 'pods', 'jobs', 'cronJobs'])];

export const checkPlainSecrets: EntryRule = ({ entry }, findings) => {
  for (const { onCreate, onReconcile } of boxesOf(entry)) {
    for (const block of [onCreate, onReconcile]) if (block !== undefined) checkBlock(block, findings);
  }
};

function checkBlock(block: Block, findings: Findings): void {
  for (const { env = [] } of POD_KINDS.flatMap((listKey) => fieldsOf(block, listKey))) {
    for (const { name, value } of env) {
      if (name === undefined || value === undefined || !holdsSecret(name.text) || !isPlain(value)) continue;
      const message = `"${name.text}" is a secret by its name, and its value stands in the file: take it from a Secret with valueFrom.secretKeyRef`;
      findings.warning(value.node, CODE.plainSecret, message);
    }
  }
  for (const { data } of fieldsOf(block, 'configMaps')) {
    for (const [key, value] of data ?? []) {
      if (!holdsSecret(key) || !isPlain(value)) continue;
      const message = `"${key}" is a secret by its name, and everybody may read a ConfigMap: put it into a Secret that is made elsewhere, and copy it with fromSecret`;
      findings.warning(value.node, CODE.plainSecret, message);
    }
  }
  for (const { data } of fieldsOf(block, 'secrets')) {
    for (const [key, value] of data ?? []) {
      if (isPublic(key, value.text) || !isPlain(value)) continue;
      const message = `the value of "${key}" stands in the file: copy a Secret with fromSecret, or let it be made once by a random note`;
      findings.warning(value.node, CODE.plainSecret, message);
    }
  }
}

function fieldsOf(block: Block, listKey: string): readonly EntryFields[] {
  return entriesOf(block, listKey) as readonly EntryFields[];
}

/** Switches and small numbers are settings: USE_TOKEN=true. */
const SETTING = /^(true|false|yes|no|on|off|none|null|disabled|enabled|\d{1,4})?$/i;
/** Of another variable, or of the environment. */
const REFERENCE = /\{\{|\$[({]|^\$\w+$/;

function isPlain({ text }: SourceText): boolean {
  return !SETTING.test(text.trim()) && !REFERENCE.test(text);
}

/** What stands beside a secret and is none. */
const PUBLIC =
  /(^|[-_.])(user|user-?name|host|host-?name|port|database|db-?name|name|endpoint|region|bucket|realm|e?mail|id)$/i;

function isPublic(key: string, text: string): boolean {
  if (holdsSecret(key)) return false;
  return PUBLIC.test(key) || /\.(crt|pub)$/.test(key) || text.startsWith('-----BEGIN CERTIFICATE');
}

/** `https://user:password@host`; a template or a variable in it is no password. */
const USER_INFO = /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@{}$<>*]+@/i;

/** URLs with a password, in any text of the Katalog: calls, webhooks, images, variables. */
export const checkUrls: KatalogRule = (katalog, findings) => {
  const { node, spec } = katalog;
  for (const [key, { value }] of node.entries) if (key !== 'spec') checkTexts(value, findings);
  for (const [key, { value }] of spec?.node.entries ?? []) if (key !== 'crds') checkTexts(value, findings);
  for (const { entry } of enabledEntries(katalog)) checkTexts(entry.node, findings);
};

function checkTexts(node: SourceNode, findings: Findings): void {
  switch (node.kind) {
    case 'scalar':
      if (!node.text.includes('://') || !USER_INFO.test(node.text)) return;
      findings.warning(
        node,
        CODE.plainSecret,
        'a password stands in this URL: take it from a Secret or from the environment',
      );
      return;
    case 'list':
      for (const item of node.items) checkTexts(item, findings);
      return;
    case 'map':
      for (const { value } of node.entries.values()) checkTexts(value, findings);
  }
}
