import { Controller, Get, Header } from '@nestjs/common';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Orkestra control center</title></head>
<body>
<h1>Orkestra control center</h1>
<p>The web UI is not supported yet. A runtime answers the same questions as JSON at <code>/katalog</code>.</p>
</body>
</html>
`;

@Controller()
export class ControlCenterController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE;
  }
}
