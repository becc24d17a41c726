#!/bin/sh
# Runs every test of the project.
#
#   sh verify.sh           everything: the real respoke.js in Chromium and the real respoke-admin on Node too
#   sh verify.sh --quick   no real clients, no media, no fuzz runs, nothing that takes long,
#                          few examples, one CDI container, no plug-in outside this build,
#                          no look at the format, no Error Prone
#
# Needs JDK 17 or later, Maven and, for the real clients, Node. A missing Chromium or coturn is installed where
# apt-get can do it.
# RESPOKE_REQUIRE_BROWSER=1 (set when CI=true) makes it a failure when the real clients cannot run.
# CHROMIUM names a browser that is not on the PATH; JAVA_HOME_25 a JDK 25 for the second pass.
set -u
cd "$(dirname "$0")" || exit 1
root=$(pwd)
out="$root/target/verify"
mkdir -p "$out"

quick=no
case "${1:-}" in
  '') ;;
  --quick) quick=yes ;;
  *) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
if [ "${CI:-}" = true ]; then
  RESPOKE_REQUIRE_BROWSER=1
fi
export RESPOKE_REQUIRE_BROWSER="${RESPOKE_REQUIRE_BROWSER:-0}"

began=$(date +%s)
status=0
left_out=

say() { printf '%s\n' "== $*"; }

# Remembers tests that will not run, and why; where the real clients are required that is a failure.
leave_out() {
  say "LEFT OUT: $*"
  left_out="$left_out
  left out: $*"
  if [ "$RESPOKE_REQUIRE_BROWSER" = 1 ]; then
    status=1
  fi
}

# run NAME COMMAND...: all output goes to a file, the lines that matter to the terminal.
run() {
  name=$1
  shift
  say "$name: $*"
  { "$@" 2>&1; echo $? > "$out/$name.status"; } | tee "$out/$name.log" |
    grep -E '^\[INFO\] (Building .*\[[0-9]+/[0-9]+\]$|Tests run:|Reactor Summary|BUILD|Total time)|^\[(ERROR|WARNING)\] (Tests run|.*(FAIL|ERROR)|Failed)|^\[ERROR\]'
  result=$(cat "$out/$name.status")
  if [ "$result" != 0 ]; then
    say "$name failed with status $result; all output is in $out/$name.log"
    status=1
  fi
  return "$result"
}

find_browser() {
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ]
    return
  fi
  for browser in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$browser" > /dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

# install PACKAGE
install() {
  command -v apt-get > /dev/null 2>&1 && [ "$(id -u)" = 0 ] || return 1
  say "$1 is missing: installing it with apt-get (the log is $out/apt-$1.log)"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1"; } \
    > "$out/apt-$1.log" 2>&1
}

find_turnserver() {
  command -v turnserver > /dev/null 2>&1
}

# What can run here decides which JUnit tags are left out.
excluded=
if [ "$quick" = yes ]; then
  excluded=browser,node,fuzz,slow,once,media
elif ! command -v node > /dev/null 2>&1 || ! command -v npm > /dev/null 2>&1; then
  excluded=browser,node
  leave_out 'the tests with respoke.js and with respoke-admin, because Node is missing.
    Install Node 20.19 or later with npm, then run: sh verify.sh'
else
  say "Node $(node --version)"
  if ! run npm-ci npm --prefix examples/interop/js ci --ignore-scripts --no-audit --no-fund; then
    excluded=browser,node
    leave_out 'the tests with respoke.js and with respoke-admin, because npm ci failed.'
  elif ! run npm-ci-console npm --prefix console/web ci --ignore-scripts --no-audit --no-fund; then
    excluded=browser,node
    leave_out 'the console and the tests with respoke.js and with respoke-admin, because npm ci failed.'
  elif ! find_browser && ! { install chromium && find_browser; }; then
    excluded=browser
    leave_out 'the tests with respoke.js, because Chromium is missing.
    Install it (Debian: apt-get install chromium) or set CHROMIUM to the path of one, then run: sh verify.sh'
  fi
fi

# Media runs in a network namespace, which not everybody may make.
if [ "$quick" = no ] && ! why=$(sh media-namespace.sh --check); then
  excluded="${excluded:+$excluded,}media"
  leave_out "the tests with real media: $why.
    Run this as root on Linux with the packages util-linux and iproute2, or where user namespaces are allowed."
fi

if [ "$quick" = no ] && ! find_turnserver && ! { install coturn && find_turnserver; }; then
  excluded="${excluded:+$excluded,}turn"
  leave_out 'the tests with a real TURN server, because coturn is missing.
    Install it (Debian: apt-get install coturn), then run: sh verify.sh'
fi

# Counts below come from the reports, so there must be none of an earlier run.
rm -f "$out/jdk25.status"
find . -name surefire-reports -path '*/target/*' -prune -exec rm -rf {} +
rm -rf examples/interop/target/interop-traces console/target/screenshots

# Maven compiles many small modules in a short life: code compiled once is soonest done.
export MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
quickly=
if [ "$quick" = yes ]; then
  # Short-lived JVMs on few processors: modules side by side.
  quickly='-T2 -DargLine=-XX:TieredStopAtLevel=1 -Dmaven.javadoc.skip=true -Dmaven.source.skip=true'
  quickly="$quickly -Denforcer.skip=true -Dspotless.check.skip=true"
  # Modules whose tests are left out, all of them or nearly so, and most examples: each is a story on what is tested.
  for module in impl-tyrus-bundle cdi-hosts/weld5 cdi-hosts/health cdi-hosts/openwebbeans cdi-hosts/quarkus \
    cdi-hosts/servers examples/support-desk examples/support-desk/quarkus examples/support-desk/war \
    examples/ivr-menu examples/audio-conference examples/music-bot examples/recording-bot examples/call-out \
    examples/file-receiver examples/group-moderator examples/presence-monitor examples/token-broker \
    examples/webhook-receiver examples/push-policy-server examples/interop benchmarks; do
    quickly="$quickly -pl !$module"
  done
fi
# The pages of the console are built with npm.
case "$excluded" in
  *node*) quickly="$quickly -Dconsole.skip" ;;
esac
# verify NAME ARGUMENT...
verify() {
  name=$1
  shift
  # shellcheck disable=SC2086 # several arguments or none
  run "$name" mvn -B -ntp verify ${excluded:+"-DexcludedGroups=$excluded"} $quickly "$@"
}
if [ "$quick" = yes ]; then
  verify build
else
  # Modules two by two, for most tests wait. Media and browsers come last: they wait for their own kind only.
  # The others are soonest done with code compiled once; the second pass runs most of them with all compilers.
  # Error Prone looks at what is compiled, so nothing may be compiled already.
  find . -type d \( -name classes -o -name maven-status \) -path '*/target/*' -prune -exec rm -rf {} +
  verify build -T2 -Perrorprone -Dlate.skip=true -DargLine=-XX:TieredStopAtLevel=1 &&
    verify late -T2 -Dearly.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true -Denforcer.skip=true \
      -Dspotless.check.skip=true
fi

# The same tests on the newest JDK we promise: what it changes is the client's and the service's runtime, not the compiler.
# Tagged once: long, and of arithmetic or state machines only, or shown there by other tests of the same parts.
find_jdk25() {
  for home in ${JAVA_HOME_25:+"$JAVA_HOME_25"} /usr/lib/jvm/*25*; do
    if "$home/bin/java" -version 2>&1 | grep -q ' version "25'; then
      printf '%s\n' "$home/bin/java"
      return 0
    fi
  done
  return 1
}
if [ "$quick" = no ] && [ "$status" = 0 ]; then
  if java25=$(find_jdk25); then
    case "$excluded" in
      *media*) without=,media ;;
      *) without= ;;
    esac
    run jdk25 mvn -B -ntp test -T2 -pl core,impl-tyrus,impl-webrtc,cdi-hosts/weld6 -am "-Djvm=$java25" "-Dmedia.java=$java25" \
      -Dsurefire.reportNameSuffix=jdk25 "-DexcludedGroups=browser,node,fuzz,slow,once$without"
  else
    say 'No JDK 25 here (JAVA_HOME_25, /usr/lib/jvm): the second pass on it is left out'
  fi
fi

# A plug-in as others build it: outside this build, on the artifacts alone.
if [ "$quick" = no ] && [ "$status" = 0 ]; then
  run sample-plugin sh examples/sample-plugin/verify.sh
fi

# Sums the attributes of the <testsuite> elements of the given reports.
count() {
  cat /dev/null "$@" 2> /dev/null | tr '\n' ' ' | sed 's/<testsuite /\n&/g' | awk '
    function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    /^<testsuite / { sub(/>.*/, ""); run += value("tests"); failed += value("failures") + value("errors"); skipped += value("skipped") }
    END { printf "%d run, %d failed, %d skipped\n", run, failed, skipped }'
}
reports() { find . -path '*/target/surefire-reports/TEST-*.xml' "$@"; }
media_reports() {
  for module in examples/ivr-menu examples/music-bot examples/recording-bot examples/call-out \
    examples/file-receiver examples/audio-conference; do
    reports -path "*/$module/*"
  done
}

printf '\n'
say 'Summary'
# shellcheck disable=SC2046 # report names have no spaces
{
  printf '  tests:            %s\n' "$(count $(reports ! -name '*-jdk25.xml'))"
  [ ! -e "$out/jdk25.status" ] || printf '  again on JDK 25:  %s\n' "$(count $(reports -name '*-jdk25.xml'))"
  printf '  media backend:    %s\n' "$(count $(reports -path '*/impl-webrtc/*'))"
  printf '  media examples:   %s\n' "$(count $(media_reports))"
  printf '  real clients:     %s\n' "$(count $(reports -path '*/examples/interop/*'))"
  printf '  console:          %s\n' "$(count $(reports -path './console/*'))"
}
printf '%s' "$left_out"
[ -z "$left_out" ] || printf '\n'
case "$excluded" in
  *fuzz*) printf '  left out by --quick: the real clients, real media, most examples, the fuzz runs and what takes long\n' ;;
esac
printf '  time:             %s s\n' "$(($(date +%s) - began))"
[ ! -d console/target/screenshots ] || printf '  its pictures:     %s\n' console/target/screenshots
if [ "$status" = 0 ] && [ -z "$left_out" ]; then
  say 'PASSED'
elif [ "$status" = 0 ]; then
  say 'PASSED, but not everything could run: see above'
else
  say 'FAILED'
  if [ -d examples/interop/target/interop-traces ]; then
    say "Traces of the failed tests with real clients: $root/examples/interop/target/interop-traces"
  fi
fi
exit "$status"
