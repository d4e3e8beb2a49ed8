"""The page in a real browser: Chromium without a screen, as people, keyboards and screen readers meet it."""
