/** What to do where a file that is to be made is there already. Nothing is overwritten without being asked about. */

export const clashChoices = ['keep', 'beside', 'replace'] as const;

/** `keep` leaves the file as it is, `beside` writes the new one under another name, `replace` writes over it. */
export type ClashChoice = (typeof clashChoices)[number];
