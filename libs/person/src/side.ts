/** What the discloser's side is told, and what anybody says for their own side alone; a reveal holds it again. */
const DISCLOSERS_SIDE: ReadonlySet<string> = new Set([
  'DisclosureAssessed',
  'DisclosureExplained',
  'DutyDischarged',
]);

/** Whether only the institution of whoever recorded it, and programs, see the event. */
export function isDisclosersSide(type: string): boolean {
  return DISCLOSERS_SIDE.has(type);
}
