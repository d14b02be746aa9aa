/** The browser that takes the pictures. */
import { type Browser, chromium as playwright } from 'playwright-core';
import { chromium } from '../bootstrap-chromium.ts';

/** To be closed by the caller. Rejects where no browser is found or can be installed. */
export async function pictureBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium(), args: ['--no-sandbox', '--disable-gpu'] });
}
