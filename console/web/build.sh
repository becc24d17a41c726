#!/bin/sh
# Builds the pages of the console into target/classes, with the npm that is installed here. Only the first run, or one
# after a change of package-lock.json, needs the network; nothing is done when nothing has changed.
set -eu
cd "$(dirname "$0")"
out=../target/classes/io/respoke/console/web

if ! command -v node > /dev/null 2>&1 || ! command -v npm > /dev/null 2>&1; then
  cat >&2 << 'END'
The console is built with npm, which is missing here.
  Install Node 20.19 or later with npm (Debian: apt-get install nodejs npm), or leave the pages out: -Dconsole.skip
END
  exit 1
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline
fi

if [ -e "$out/files.txt" ] &&
  [ -z "$(find src public index.html vite.config.ts tsconfig.json package-lock.json -newer "$out/files.txt")" ]; then
  echo 'The pages of the console are up to date.'
  exit 0
fi

npm run --silent check
npm run --silent build
(cd "$out" && find . -type f ! -name files.txt | sed 's|^\./||' | LC_ALL=C sort > files.txt)
