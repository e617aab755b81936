import { Module } from '@nestjs/common';
import { ReadCatalogueController } from './read-catalogue.controller.js';
import { ReviseCatalogueController } from './revise-catalogue/revise-catalogue.controller.js';
import { ReviseCatalogueHandler } from './revise-catalogue/revise-catalogue.handler.js';

@Module({
  controllers: [ReadCatalogueController, ReviseCatalogueController],
  providers: [ReviseCatalogueHandler],
})
export class CatalogueModule {}
