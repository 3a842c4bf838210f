# shellcheck shell=bash
# The Debian packages of the build; sourced by build.sh.

needed=(g++ pkg-config patch ninja-build meson libuv1-dev libssl-dev libsrtp2-dev libflatbuffers-dev flatbuffers-compiler libabsl-dev
  zlib1g-dev libzstd-dev) # the last two: a newer Debian's static libcrypto wants them

# A mirror that hangs is asked again.
apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300
  -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

missing_packages() {
  local name
  for name in "${needed[@]}"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

# Versions of what is linked in; empty where one of them is not installed.
package_versions() { dpkg-query -W "${needed[@]}" 2>/dev/null || true; }

install_packages() {
  local missing log
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  as_root true 2>/dev/null || die "first install, as root: apt-get install ${missing[*]}" 3
  say "apt-get install ${missing[*]}"
  as_root "${apt[@]}" update || say 'the list of packages could not be renewed; the one of before is used'
  log=$(as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" 2>&1) || die "$log
packages could not be installed: ${missing[*]}"
}
