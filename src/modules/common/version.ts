import { version } from '../../../package.json';

/** Version of the product: of `ork version` and of the user agent. */
export const VERSION: string = version;
