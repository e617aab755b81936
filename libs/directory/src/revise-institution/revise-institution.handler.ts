import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Catalogues } from '#catalogue';
import { Recorder, type CommandRequest } from '#http';
import { institutionStream, type InstitutionId } from '../directory.ids.js';
import { functionsOf } from '../function.request.js';
import { institutionFold } from '../institution.js';
import type { InstitutionWish } from '../register-institution/register-institution.handler.js';
import { reviseInstitution } from './revise-institution.js';

export class ReviseInstitutionCommand {
  constructor(
    readonly institution: InstitutionId,
    readonly wish: Partial<InstitutionWish>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ReviseInstitutionCommand)
export class ReviseInstitutionHandler implements ICommandHandler<ReviseInstitutionCommand> {
  constructor(
    private readonly recorder: Recorder,
    private readonly catalogues: Catalogues,
  ) {}

  execute({ institution, wish, request }: ReviseInstitutionCommand) {
    const { functions, ...said } = wish;
    return this.recorder.decide(institutionStream(institution), institutionFold, request, async (state) => {
      const catalogue = await this.catalogues.current();
      const declared = functions ? { functions: functionsOf(functions, catalogue) } : {};
      return reviseInstitution(state, { changes: { ...said, ...declared } }, catalogue);
    });
  }
}
