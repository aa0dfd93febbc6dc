# shellcheck shell=bash
# A local region of a script's own, for the scripts beside this file to source: state folder, endpoint
# and client settings, and its removal however the script ends.

jar=$(realpath "${1:?usage: ${0##*/} JAR}")
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
server=

# The packaged clients, wherever others are on this machine's path.
PATH=/usr/bin:$PATH
export PYTHONPATH=/usr/lib/python3/dist-packages
# Nothing of the caller's account; and no proxy stands between a client and loopback.
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL AWS_ENDPOINT_URL_EC2 AWS_MAX_ATTEMPTS AWS_REGION
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export NO_PROXY='*' no_proxy='*' AWS_PAGER=''

say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
  say "FAILED: $*"
  exit 1
}

# open_region: serves a region of its own; its URL is in $endpoint.
open_region() {
  java -jar "$jar" local serve --state-dir "$work/region" >"$work/endpoint" 2>"$work/serve.log" &
  server=$!
  local waited=0
  # The first time on a machine, the base image is made meanwhile.
  until [ -s "$work/endpoint" ]; do
    kill -0 "$server" 2>/dev/null || fail "the region does not open: $(cat "$work/serve.log")"
    [ "$((waited += 1))" -le 3000 ] || fail "the region did not open within 5 minutes"
    sleep 0.1
  done
  local client_environment
  client_environment=$(java -jar "$jar" local env --state-dir "$work/region") || fail 'local env'
  eval "$client_environment"
  # Any region's name will do; that of a real one shows it.
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  endpoint=$AWS_ENDPOINT_URL_EC2
  [ "$endpoint" = "$(cat "$work/endpoint")" ] || fail "local env names $endpoint"
  export endpoint
  say "region at $endpoint"
}

close_region() {
  local status=$?
  trap - EXIT
  if [ -n "$server" ]; then
    # Not INT, which a shell's background processes ignore.
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    java -jar "$jar" local reset -q --state-dir "$work/region" >"$work/reset.log" 2>&1 ||
      { say "the region could not be removed: $(cat "$work/reset.log")" && status=1; }
  fi
  rm -rf "$work"
  exit "$status"
}
trap close_region EXIT
trap 'exit 130' INT TERM
