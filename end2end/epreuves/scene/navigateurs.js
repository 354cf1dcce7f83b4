// The browsers of the machine, all driven by Puppeteer: Playwright only drives a Firefox of its own.
import puppeteer from 'puppeteer-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

const KNOWN = {
  chromium: {
    browser: 'chrome',
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  },
  firefox: { browser: 'firefox', executablePath: FIREFOX },
};

export const navigateur = (name) => puppeteer.launch({ headless: true, ...KNOWN[name] });
