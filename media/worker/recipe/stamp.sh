# shellcheck shell=bash
# Whether an output is that of this recipe; sourced by build.sh.

# What makes the program: steps, patches, subprojects; the package's source (what it downloaded aside); the machine's kind.
recipe_stamp() {
  {
    (cd "$here" && find build.sh patches subprojects -type f -print0 | sort -z | xargs -0 sha256sum)
    (cd "$package/worker" && find . -type f -not -path './out/*' -print0 | sort -z | xargs -0 sha256sum)
    uname -m
  } | sha256sum | cut -d' ' -f1
}

packages_stamp() { package_versions | sort | sha256sum | cut -d' ' -f1; }

write_stamp() { printf '%s\n' "$(recipe_stamp)" "$(packages_stamp)" >"$output.stamp"; }

# A library that is linked in may have got a security update: then it is built anew. Where its packages are not all installed, as on a machine
# that was given the finished program, the recipe alone decides.
up_to_date() {
  local recipe packages
  [ -x "$output" ] && { read -r recipe && read -r packages; } 2>/dev/null <"$output.stamp" || return 1
  [ "$recipe" = "$(recipe_stamp)" ] || return 1
  [ -n "$(missing_packages)" ] || [ "$packages" = "$(packages_stamp)" ] || return 1
  starts "$output"
}
