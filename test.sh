#!/usr/bin/env bash
# Installs what the tests need (as root with apt; otherwise says what to install) and runs all of them.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed and something ran.
set -u
cd "$(dirname "$0")"
# --long runs the fault tests at their full size (docs/reliability.md): an hour or more.
if [ "${1:-}" = --long ]; then export DIBAO_TEST_LONG=1; shift; fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

need() { # need COMMAND PACKAGE...: installs the packages unless the command is there
  local command=$1; shift
  command -v "$command" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $* ..."
    [ -n "${updated:-}" ] || { apt-get update -qq >/dev/null 2>&1; updated=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 \
      || echo "Could not install $*: the tests that need $command are skipped."
  else
    echo "Install $* (apt-get install $*): the tests that need $command are skipped without it."
  fi
}

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is missing: see https://learn.microsoft.com/dotnet/core/install/linux-debian"
  echo "0 passed, 1 failed"
  exit 3
fi
need git git
need chromium chromium
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || need no-such-font-command fonts-noto-cjk fontconfig
need node nodejs
need npm npm
need openssl openssl
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ] && need go golang-go || need no-such-go-command golang-go golang-golang-x-mod-dev
/usr/bin/python3 -c 'import opentimestamps' 2>/dev/null || need no-such-opentimestamps-command python3-opentimestamps
/usr/bin/python3 -c 'import feedparser' 2>/dev/null || need no-such-feedparser-command python3-feedparser

# Clients that other people wrote. Without them the tests that replay our files in them are skipped, and say so.
if command -v npm >/dev/null 2>&1; then
  (cd tests/clients && npm ci --ignore-scripts --no-audit --no-fund --silent >/dev/null 2>&1) \
    || echo "SKIPPED: npm ci failed in tests/clients: the tests with ReplayWeb.page and warcio.js are skipped."
else
  echo "SKIPPED: npm is missing: the tests with ReplayWeb.page and warcio.js are skipped."
fi

dotnet build Dibao.slnx -c Release -v quiet || { echo "0 passed, 1 failed"; exit 1; }

passed=0; failed=0; skipped=0
for project in tests/Dibao.*/; do
  name=$(basename "$project")
  log=$(mktemp)
  dotnet run --no-build -c Release --project "$project" -- --no-progress --output Normal 2>&1 | tee "$log" | grep -vE '^(passed|$)'
  count() { sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$log" | tail -1; }
  p=$(count succeeded); f=$(count failed); s=$(count skipped)
  # No summary means that the runner itself fell over.
  if [ -z "$p" ]; then echo "$name did not finish."; f=1; fi
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); skipped=$((skipped + ${s:-0}))
  rm -f "$log"
done
[ "$((passed + failed))" -gt 0 ] || failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
