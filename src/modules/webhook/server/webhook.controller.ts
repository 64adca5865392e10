// The paths of the admission server. Nothing is decided here yet: a request is refused with 501 and a sentence, so
// that a webhook registered by hand fails by its own failurePolicy instead of being let through.
import { All, Controller, NotImplementedException } from '@nestjs/common';

@Controller()
export class WebhookController {
  @All(['validate', 'mutate', 'convert'])
  refuse(): never {
    throw new NotImplementedException('admission and conversion are not supported yet by this gateway');
  }
}
