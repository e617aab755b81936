import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { OpenRoute, problem } from '#http';

/** Where the build puts it, beside this app. */
const PAGE = new URL('../../verifier/verify.html', import.meta.url);

/** The page with which a person checks what they were handed. It needs no server: it is here to be saved. */
@Controller('verify')
export class VerifierController {
  private text: string | undefined;

  @Get()
  @ApiOperation({
    summary: 'A page that verifies receipts and proofs in a browser, in one file that calls nobody.',
  })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @OpenRoute()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-cache')
  // What the page may do, it says itself; that nobody frames it, only a header can say.
  @Header('content-security-policy', "frame-ancestors 'none'")
  page(): string {
    return (this.text ??= read());
  }
}

/** @throws Problem 404 where the server runs from sources */
function read(): string {
  try {
    return readFileSync(PAGE, 'utf8');
  } catch {
    throw problem(404, 'not-built', 'This server was not built with its page.', 'Build it: npm run build.');
  }
}
