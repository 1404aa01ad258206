/** A report in headless Chromium, as a reader opens it: a file, no server. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const HAS_CHROMIUM = existsSync(CHROMIUM);
export const NO_CHROMIUM = `no browser: install chromium, or set CHROMIUM to its path (${CHROMIUM} is missing)`;

const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SOFTWARE_WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NO_WEBGL = ['--disable-gpu', '--disable-3d-apis'];

export interface OpenReport {
  page: Page;
  /** Addresses asked for, but for the file itself and what it made. */
  requests: string[];
  /** Errors of the page and its console, and dialogs. */
  troubles: string[];
  /** Milliseconds from opening to the map's first idle moment; undefined without a map. */
  readyMilliseconds: number | undefined;
  /** Processor seconds of the page's main thread until then: less at the mercy of what else the machine does. */
  mainThreadSeconds: number;
}

export class ReportReader {
  private readonly folder = mkdtempSync(join(tmpdir(), 'maillage-report-'));
  private constructor(private readonly browser: Browser) {}

  static async launch(options: { hasWebgl: boolean }): Promise<ReportReader> {
    const args = [...QUIET, ...(options.hasWebgl ? SOFTWARE_WEBGL : NO_WEBGL)];
    return new ReportReader(await puppeteer.launch({ executablePath: CHROMIUM, headless: true, args }));
  }

  async open(html: string, options: { width?: number; hasMap?: boolean } = {}): Promise<OpenReport> {
    const file = join(this.folder, 'rapport.html');
    writeFileSync(file, html);
    const address = pathToFileURL(file).href;
    const page = await this.browser.newPage();
    const [requests, troubles]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      if (request.url() !== address && !/^(blob|data):/.test(request.url())) requests.push(request.url());
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') troubles.push(message.text());
    });
    page.on('dialog', (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.setViewport({ width: options.width ?? 1280, height: 800 });
    const session = await page.createCDPSession();
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const start = performance.now();
    await page.goto(address);
    let readyMilliseconds: number | undefined;
    if (options.hasMap ?? true) {
      await page.waitForSelector('#carte[data-ready]', { timeout: 60_000 });
      readyMilliseconds = performance.now() - start;
    }
    const { metrics } = await session.send('Performance.getMetrics');
    const mainThreadSeconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    await session.detach();
    return { page, requests, troubles, readyMilliseconds, mainThreadSeconds };
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
