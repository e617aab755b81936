import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { CatalogueModule, Catalogues } from '#catalogue';
import { CaseModule } from '#case';
import { CommissionModule, Commissions } from '#commission';
import { ConsentModule } from '#consent';
import { DeferralModule } from '#deferral';
import { Directory, DirectoryModule } from '#directory';
import { DisclosureModule } from '#disclosure';
import { Eraser, ErasureModule } from '#erasure';
import { Ledger } from '#event-store';
import { KnownPersons, Recorder } from '#http';
import {
  KnowledgeModule,
  ReadCaseIndex,
  Reader,
  ReadMandateIndex,
  ReadPersonIndex,
  ReadSeatIndex,
} from '#knowledge';
import { LogModule, ServedLog } from '#log';
import { NoticesModule } from '#notices';
import { Outbox, OutboxModule } from '#outbox';
import { Deferrals, LedgerPersons, PersonDesk, PersonIndex, PersonModule, Searches } from '#person';
import { ReadModels } from '#read-store';
import { Sealing } from '#sealing';
import type { Clock } from '#time';
import { CallerGuard } from './caller.guard.js';
import type { CallerSource } from './callers.js';
import { HealthController } from './health.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { StoryClock } from './story-clock.js';
import { StoryController } from './story.controller.js';
import { requestValidation } from './validation.js';
import { VerifierController } from './verifier.controller.js';

/** What the process has opened before Nest starts. */
export interface Opened {
  readonly ledger: Ledger;
  readonly sealing: Sealing;
  readonly models: ReadModels;
  readonly served: ServedLog;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly callerOf: CallerSource;
  readonly log: Logger;
}

@Module({})
export class AppModule {
  static of(opened: Opened): DynamicModule {
    const story = opened.clock instanceof StoryClock;
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        partsModule(opened),
        CatalogueModule,
        DirectoryModule,
        PersonModule,
        ConsentModule,
        DisclosureModule,
        DeferralModule,
        CommissionModule,
        NoticesModule,
        CaseModule,
        KnowledgeModule,
        LogModule,
        OutboxModule,
        ErasureModule,
      ],
      controllers: [HealthController, VerifierController, ...(story ? [StoryController] : [])],
      providers: story ? [{ provide: StoryClock, useValue: opened.clock }] : [],
    };
  }
}

export function eraserOf(ledger: Ledger, sealing: Sealing, models: ReadModels, { desk }: ServedLog): Eraser {
  return new Eraser(ledger, sealing, {
    passLog: () => desk.checkpoint(),
    settle: async (person, position) => {
      await desk.forget(`person:${person}`);
      await models.settleErasure(person, position);
    },
  });
}

class PartsModule {}

/** What every module may ask for. */
function partsModule(opened: Opened): DynamicModule {
  const { ledger, sealing, models, served, outbox, clock, callerOf, log } = opened;
  const end = () => ledger.store.end();
  const directory = new Directory(ledger, new ReadMandateIndex(models, end));
  const recorder = new Recorder(ledger, sealing);
  const catalogues = new Catalogues(ledger);
  const deferrals = new Deferrals(ledger, sealing);
  const shared: Provider[] = [
    { provide: Ledger, useValue: ledger },
    { provide: Sealing, useValue: sealing },
    { provide: ServedLog, useValue: served },
    { provide: Outbox, useValue: outbox },
    { provide: Directory, useValue: directory },
    {
      provide: Commissions,
      useValue: new Commissions(ledger, new ReadSeatIndex(models), new ReadCaseIndex(models, end)),
    },
    { provide: KnownPersons, useValue: new LedgerPersons(ledger) },
    { provide: Eraser, useValue: eraserOf(ledger, sealing, models, served) },
    { provide: Recorder, useValue: recorder },
    { provide: Deferrals, useValue: deferrals },
    { provide: Catalogues, useValue: catalogues },
    { provide: PersonDesk, useValue: new PersonDesk(recorder, catalogues, directory, deferrals) },
    { provide: PersonIndex, useValue: new ReadPersonIndex(models, sealing, end) },
    { provide: Reader, useValue: new Reader(models, ledger, sealing) },
    { provide: Searches, useValue: new Searches(ledger, deferrals) },
  ];
  const guard = {
    provide: APP_GUARD,
    inject: [Reflector],
    useFactory: (reflector: Reflector) => new CallerGuard(reflector, callerOf, directory, clock),
  };
  const edges: Provider[] = [
    guard,
    { provide: APP_PIPE, useValue: requestValidation() },
    { provide: APP_FILTER, useValue: new ProblemFilter(log) },
  ];
  return { module: PartsModule, global: true, providers: [...shared, ...edges], exports: shared };
}
