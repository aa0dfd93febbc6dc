#!/bin/sh
# Lists what is installed: a line for each thing, its fields separated by tabs, the first one its
# kind. The line "begin" comes first, again when the list is asked for again; "whole" comes last,
# unless something failed.
#
#   inventory.sh RUBY     RUBY: the interpreter that Chef brings, whether it is there or not
set -eu

tab=$(printf '\t')

packages() {
  dpkg-query --show --showformat='deb\t${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n'
}

gems() {
  [ -x "$1" ] || return 0
  "$1" -rrubygems -e 'Gem::Specification.each { |gem| puts ["gem", gem.name, gem.version, gem.platform].join("\t") }'
}

# The digest is the registry's; an image that was built here has none.
images() {
  command -v docker >/dev/null 2>&1 || return 0
  format="image${tab}{{.Repository}}${tab}{{.Tag}}${tab}{{.Digest}}${tab}{{.ID}}"
  docker image ls --no-trunc --digests --format "$format" || printf 'unanswered\tDocker\n'
}

kernels() {
  printf 'running\t%s\n' "$(uname -r)"
  for file in /boot/vmlinuz-*; do
    [ -e "$file" ] || continue
    printf 'kernel\t%s\n' "${file#/boot/vmlinuz-}"
  done
}

main() {
  echo begin
  packages
  gems "$1"
  images
  kernels
  echo whole
}

main "$@" </dev/null
