#!/usr/bin/env bash
# Installs the programs that some tests compare the product with. Each such test skips, with a reason, where its program is absent;
# continuous integration runs this first, so that nothing is skipped there. Needs root and apt; does nothing where all are present.
set -euo pipefail

# program:package, one per line, with the tests that use it.
tools=(
  "openssl:openssl"                 # certificates of the signed test packages; cross-decryption in Runtime.Tests
)

missing=()
for tool in "${tools[@]}"; do
  command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "not installed: ${missing[*]}; the tests that need them will be skipped" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
