import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Directory, type MandateId } from '#directory';
import type { ProfessionalView } from './views.js';

export class ProfessionalAnswer implements ProfessionalView {
  @ApiProperty({ type: String, format: 'uuid' }) readonly mandate!: string;
  @ApiProperty({ type: String, nullable: true }) readonly name!: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly function!: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly institutionName!: string | null;
}

/** Puts names to mandates. */
@Injectable()
export class People {
  constructor(private readonly directory: Directory) {}

  async view(mandate: MandateId): Promise<ProfessionalView> {
    const known = await this.directory.mandate(mandate);
    if (!known) return { mandate, name: null, function: null, institutionName: null };
    const name = await this.directory.nameOf(known.mandate.actor);
    const institution = await this.directory.institution(known.institution);
    return {
      mandate,
      name: name ? `${name.givenName} ${name.familyName}` : null,
      function: known.mandate.function,
      institutionName: institution?.data.name ?? null,
    };
  }

  views(mandates: readonly MandateId[]): Promise<ProfessionalView[]> {
    return Promise.all(mandates.map((mandate) => this.view(mandate)));
  }
}
