#!/usr/bin/env bash
# Installs the programs and libraries that some tests compare the product with. Each such test skips, with a reason, where they are
# absent; continuous integration runs this first, so that nothing is skipped there. Needs root and apt; does nothing where all are present.
set -euo pipefail

packages=(
  binutils      # readelf: Scanning.Tests, ELF
  gcc           # EndToEnd.Tests: NativeAOT, and the program in C that drives the interop sample
  libc6-dev     # the same
  zlib1g-dev    # the same
  chromium      # Scanning.Tests, the HTML report in a browser
  libargon2-1   # Runtime.Tests, Argon2id
  file          # Scanning.Tests, file types
  ripgrep       # benchmarks, secrets
  openssl       # signed test packages; Runtime.Tests, cross-decryption
  osslsigncode  # Scanning.Tests, Authenticode
  postgresql    # Scanning.Tests and Cli.Tests, the shared verdict store
  ssdeep        # Scanning.Tests, similarity digest
  valgrind      # EndToEnd.Tests, the interop sample
)

if ! command -v dpkg-query >/dev/null; then
  echo "no dpkg here: tests that need ${packages[*]} may be skipped" >&2
  exit 0
fi
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "not installed: ${missing[*]}; the tests that need them will be skipped" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# The tests start servers of their own; the one that Debian would make and start is not wanted.
mkdir -p /etc/postgresql-common/createcluster.d
echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/security-toolchain.conf
# A test that skips is better than no test run: what cannot be installed is only reported.
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } ||
  echo "could not install ${missing[*]}; the tests that need them will be skipped" >&2
