import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Catalogues } from '#catalogue';
import { Recorder, type CommandRequest } from '#http';
import { institutionStream } from '../directory.ids.js';
import type { InstitutionData } from '../institution.events.js';
import { institutionFold } from '../institution.js';
import { functionsOf, type FunctionRequest } from '../function.request.js';
import { registerInstitution } from './register-institution.js';

/** The institution as it was told: what its functions are bound by is the catalogue's answer. */
export interface InstitutionWish extends Omit<InstitutionData, 'institution' | 'functions'> {
  readonly functions?: readonly FunctionRequest[];
}

export class RegisterInstitutionCommand {
  constructor(
    readonly wish: InstitutionWish,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RegisterInstitutionCommand)
export class RegisterInstitutionHandler implements ICommandHandler<RegisterInstitutionCommand> {
  constructor(
    private readonly recorder: Recorder,
    private readonly catalogues: Catalogues,
  ) {}

  async execute({ wish, request }: RegisterInstitutionCommand) {
    const id = await this.recorder.idFor<'Institution'>(request, 'institution');
    const { functions, ...said } = wish;
    return this.recorder.decide(institutionStream(id), institutionFold, request, async (state) => {
      const catalogue = await this.catalogues.current();
      const declared = functions ? { functions: functionsOf(functions, catalogue) } : {};
      return registerInstitution(
        state,
        { institution: { institution: id, ...said, ...declared } },
        catalogue,
      );
    });
  }
}
