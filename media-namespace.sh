#!/bin/sh
# Runs a command in a network namespace of its own that has, besides loopback, one interface with an address.
# Media needs one: no candidate is gathered on loopback. Nothing in there reaches any other machine.
#
#   sh media-namespace.sh COMMAND...   runs it
#   sh media-namespace.sh --check      says whether that is possible here, by its status and a sentence
#
# Needs Linux, unshare, ip, and root or user namespaces.
set -u

inside='ip link set lo up &&
  { ip link add media0 type bridge 2> /dev/null || ip link add media0 type dummy; } &&
  ip address add 10.9.9.9/24 dev media0 && ip link set media0 up && exec "$@"'

own_namespace() {
  if [ "$(id -u)" = 0 ]; then
    exec unshare --net sh -c "$inside" sh "$@"
  else
    exec unshare --map-root-user --net sh -c "$inside" sh "$@"
  fi
}

case "${1:-}" in
  '') sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
  --check)
    if why=$( (own_namespace true) 2>&1 ); then
      exit 0
    fi
    echo "a network namespace cannot be made here: $why"
    exit 1
    ;;
  *) own_namespace "$@" ;;
esac
