import { ApiProperty } from '@nestjs/swagger';
import type { SqlRow } from '#read-store';
import { dayOf, instantOf } from '#time';

/** What every question says of an act in codes. */
export class ActCodes {
  @ApiProperty({ type: String, nullable: true })
  readonly purpose!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly basis!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly restsOn!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly frame!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly channel!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Last day of keeping; null where none was set.' })
  readonly until!: string | null;
  @ApiProperty({ type: Boolean, description: 'Told afterwards, not decided here.' })
  readonly reported!: boolean;
}

/** Of the CSV. */
export const ACT_CODES = ['purpose', 'basis', 'restsOn', 'frame', 'channel', 'until', 'reported'] as const;

export function actCodesOf(row: SqlRow): ActCodes {
  const code = (column: string) => row[column] as string | null;
  const until = row['until'];
  return {
    purpose: code('purpose'),
    basis: code('basis'),
    restsOn: code('rests_on'),
    frame: code('frame'),
    channel: code('channel'),
    until: typeof until === 'number' ? dayOf(instantOf(until - 1)) : null,
    reported: row['reported'] === 1,
  };
}
