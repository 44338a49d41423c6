#!/usr/bin/env bash
# Runs the tests several times beside processes that keep the CPUs busy, and stops at the first run that fails.
#   RUNS=5 BUSY=4 test/under-load.sh [vitest arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

busy=()
stop() {
  for pid in "${busy[@]}"; do kill "$pid" 2>/dev/null || true; done
}
trap stop EXIT
for _ in $(seq "${BUSY:-4}"); do
  node -e 'for (;;) Math.sqrt(Math.random());' &
  busy+=($!)
done

for run in $(seq "${RUNS:-5}"); do
  echo "run $run of ${RUNS:-5}, beside ${BUSY:-4} busy processes"
  vitest run "$@"
done
