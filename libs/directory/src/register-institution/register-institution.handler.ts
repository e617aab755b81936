import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import { institutionStream } from '../directory.ids.js';
import type { InstitutionData } from '../institution.events.js';
import { institutionFold } from '../institution.js';
import { registerInstitution } from './register-institution.js';

export class RegisterInstitutionCommand {
  constructor(
    readonly data: Omit<InstitutionData, 'institution'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RegisterInstitutionCommand)
export class RegisterInstitutionHandler implements ICommandHandler<RegisterInstitutionCommand> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ data, request }: RegisterInstitutionCommand) {
    const id = await this.recorder.idFor<'Institution'>(request, 'institution');
    const institution = { institution: id, ...data };
    return this.recorder.decide(institutionStream(id), institutionFold, request, (state) =>
      registerInstitution(state, { institution }),
    );
  }
}
