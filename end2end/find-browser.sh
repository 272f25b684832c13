#!/usr/bin/env bash
# Finds the Chromium of the end-to-end tests; with --install gets one when there is none:
# the one named by CHROMIUM, else the system's, else Debian's by apt-get, else Playwright's own.
set -euo pipefail
cd "$(dirname "$0")"
own=node_modules/.chromium-installed

if [[ -n ${CHROMIUM:-} ]]; then
  [[ -x $CHROMIUM ]] || { echo "CHROMIUM names $CHROMIUM, which is no program" >&2; exit 1; }
  exit 0
fi
if command -v chromium >/dev/null || [[ -e $own ]]; then exit 0; fi
if [[ ${1:-} != --install ]]; then
  echo "missing: Chromium; run make browser" >&2
  exit 1
fi

if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "== installing Chromium: apt-get install chromium"
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null \
    && command -v chromium >/dev/null; then
    exit 0
  fi
  echo "apt-get has no Chromium for this machine; trying Playwright's own"
fi
echo "== installing Chromium: npx playwright install chromium"
if [[ $(id -u) == 0 ]]; then
  npx --no-install playwright install --with-deps chromium
else
  npx --no-install playwright install chromium
fi
touch "$own"
