import { VERSION } from '../../modules/common';

/** What `ork version` and `ork --version` print, without the line end. */
export function versionLine(): string {
  return `orkestra ${VERSION} (node ${process.versions.node}, ${process.platform} ${process.arch})`;
}
