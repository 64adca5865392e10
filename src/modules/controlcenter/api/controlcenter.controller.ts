import { Controller, Get, Header, Inject } from '@nestjs/common';
import { VERSION } from '../../common';
import { SETTINGS, type Settings } from '../../konfig';
import { readOverviews } from '../aggregate/overview';
import { RuntimeReader } from '../aggregate/runtime-reader';
import { overviewPage } from '../page/overview-page';
import { STYLE_HASH } from '../page/style';

const POLICY = `default-src 'none'; style-src ${STYLE_HASH}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

@Controller()
export class ControlCenterController {
  private readonly readers: readonly RuntimeReader[];

  constructor(@Inject(SETTINGS) { runtimeUrls }: Settings) {
    this.readers = runtimeUrls.map((url) => new RuntimeReader(url));
  }

  /** Asks the runtimes each time; that one is away is said on the page. */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('content-security-policy', POLICY)
  @Header('x-content-type-options', 'nosniff')
  @Header('referrer-policy', 'no-referrer')
  async page(): Promise<string> {
    return overviewPage(await readOverviews(this.readers), VERSION);
  }
}
