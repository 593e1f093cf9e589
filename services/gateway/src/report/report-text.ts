/** A payload as a report has it: its text as far as it fits, or what is known of one that is no more. */
export type ReportText =
  | { kind: 'text'; text: string; mediaType: string; bytes: number; bytesLeftOut: number }
  | { kind: 'gone'; preview: string; bytes: number }
