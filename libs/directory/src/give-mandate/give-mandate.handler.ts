import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Catalogues } from '#catalogue';
import { asId, type Code } from '#decider';
import { Recorder, type CommandRequest } from '#http';
import { institutionStream, type InstitutionId } from '../directory.ids.js';
import { Directory } from '../directory.js';
import type { MandateData } from '../institution.events.js';
import { institutionFold } from '../institution.js';
import { secrecyBasisOf } from '../secrecy.js';
import { giveMandate } from './give-mandate.js';

/** The mandate as it was asked for: whether a binding is firm is the catalogue's answer. */
export interface MandateWish extends Omit<MandateData, 'mandate' | 'secrecy'> {
  readonly secrecy: readonly Code<'Binding'>[];
}

export class GiveMandateCommand {
  constructor(
    readonly institution: InstitutionId,
    readonly wish: MandateWish,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(GiveMandateCommand)
export class GiveMandateHandler implements ICommandHandler<GiveMandateCommand> {
  constructor(
    private readonly recorder: Recorder,
    private readonly directory: Directory,
    private readonly catalogues: Catalogues,
  ) {}

  execute({ institution, wish, request }: GiveMandateCommand) {
    return this.recorder.decide(institutionStream(institution), institutionFold, request, async (state) => {
      const catalogue = await this.catalogues.current();
      const mandate: MandateData = {
        ...wish,
        mandate: asId<'Mandate'>(randomUUID()),
        secrecy: wish.secrecy.map((binding) => secrecyBasisOf(binding, catalogue)),
      };
      const actorKnown = await this.directory.hasActor(wish.actor);
      return giveMandate(state, { mandate, actorKnown }, catalogue);
    });
  }
}
