/** Draws a page's data into its document, again for each message. */
import { type ComponentChild, render } from 'preact';

export function showPage(content: ComponentChild): void {
  const page = document.getElementById('page');
  if (page !== null) render(content, page);
}
