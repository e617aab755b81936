import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { serving } from './child.js';

@Controller('v1/trivial')
class TrivialController {
  @Post()
  post(@Body() body: object) {
    return { fields: Object.keys(body).length };
  }
}

@Module({ controllers: [TrivialController] })
class TrivialModule {}

/** The least that a Nest server with Fastify does for a POST. */
const app = await NestFactory.create<NestFastifyApplication>(TrivialModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
serving(await app.getUrl(), () => app.close());
