import { VERSION } from '../../modules/common';

export function versionLine(): string {
  return `orkestra ${VERSION} (node ${process.versions.node}, ${process.platform} ${process.arch})\n`;
}
